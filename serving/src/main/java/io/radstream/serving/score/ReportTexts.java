package io.radstream.serving.score;

import io.radstream.model.config.Generation;

/** Reports and sentences as the token ids that a network reads, and back. Thread-safe. */
public interface ReportTexts extends AutoCloseable {

  /** Tells whether token ids were made by the same tokenizers, see tuples. */
  String fingerprint();

  /** Ids of a sentence for the report encoder, from start to end token; the end may be cut off. */
  int[] tokens(String sentence);

  /** Text of ids of the report decoder, without the start and end token. */
  String text(int[] ids);

  /**
   * How a report is begun and ended, and what it must not have; greedy, as long as the network can.
   *
   * @param vocabulary ids that the report decoder knows, from 0
   */
  Generation writing(int vocabulary);

  @Override
  void close();
}
