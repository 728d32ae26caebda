package io.radstream.tracking;

import java.io.IOException;

/**
 * What people follow experiments with. It may be told the same again, after a restart or a failure,
 * and then holds it once. For one thread.
 */
public interface Tracker extends AutoCloseable {

  /** Where it is, for people. */
  String place();

  /**
   * @throws IOException where it cannot be reached, or refuses; the message says what to do
   */
  void settings(RunSettings settings) throws IOException;

  /**
   * Figures of a run come by rising steps, those of a step in parts: validation is measured behind
   * it. A figure that was told of this step or a later one is a repetition.
   */
  void figures(RunFigures figures) throws IOException;

  /** An evaluation of a checkpoint, known by its id. */
  void evaluation(EvaluationFigures figures) throws IOException;

  /** Makes what it was told so far visible. */
  void flush() throws IOException;

  @Override
  void close() throws IOException;
}
