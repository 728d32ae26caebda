package io.radstream.serving.score;

import io.radstream.model.explain.ExplainedScore;
import io.radstream.model.explain.MapKind;
import io.radstream.model.explain.StudyMaps;
import io.radstream.model.generation.ReportDesk;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The network as scoring sees it. Thread-safe. */
public interface StudyNetwork extends AutoCloseable {

  /** Side of the square input, in pixels. */
  int imageSize();

  Set<Capability> capabilities();

  /** Findings of the label head, in the order of its outputs; empty without one. */
  List<String> taught();

  /** Longest prompt in tokens, start and end token included. */
  int maxTokens();

  /** τ: a difference of two cosines, divided by it, is a log-odds. */
  double temperature();

  /**
   * What one pass over the radiographs gives.
   *
   * @param vectors a unit vector for each study
   * @param findings studies × {@link #taught}: probabilities; empty without label head
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Seen(float[][] vectors, Optional<float[][]> findings) {}

  /**
   * @param images studies × 3 views × side × side
   */
  Seen see(float[] images, int studies);

  /**
   * Unit vectors of texts, each given as token ids from start to end token; needs {@link
   * Capability#PROMPTS}.
   */
  float[][] embedReports(int[][] tokens);

  /**
   * The same with bits that do not depend on who asks: they are in all scores for as long as the
   * model is loaded.
   */
  default float[][] embedPrompts(int[][] tokens) {
    return embedReports(tokens);
  }

  /** Maps that {@link #explain} has; none where it cannot tell. */
  default Set<MapKind> maps() {
    return Set.of();
  }

  /**
   * Where in a study a score comes from.
   *
   * @param images 3 views × side × side
   * @throws IllegalArgumentException where the network has no such map or no such score
   */
  default StudyMaps explain(float[] images, ExplainedScore score, MapKind kind) {
    throw new IllegalArgumentException("this network cannot tell where its scores come from");
  }

  /**
   * Where it writes reports; needs {@link Capability#REPORTS}. Of one thread, and closed before the
   * network.
   */
  default ReportDesk desk() {
    throw new IllegalStateException("this network writes no reports");
  }

  /** Token ids that reports are written in, from 0; 0 without {@link Capability#REPORTS}. */
  default int reportVocabulary() {
    return 0;
  }

  @Override
  void close();
}
