package io.radstream.serving.score;

/** The network as scoring sees it. Thread-safe. */
public interface StudyNetwork extends AutoCloseable {

  /** Side of the square input, in pixels. */
  int imageSize();

  /** Longest prompt in tokens, start and end token included. */
  int maxTokens();

  /** τ: a difference of two cosines, divided by it, is a log-odds. */
  double temperature();

  /**
   * Unit vectors of studies.
   *
   * @param images studies × 3 views × side × side
   */
  float[][] embedStudies(float[] images, int studies);

  /** Unit vectors of texts, each given as token ids from start to end token. */
  float[][] embedReports(int[][] tokens);

  @Override
  void close();
}
