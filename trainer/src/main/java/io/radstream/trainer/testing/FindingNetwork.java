package io.radstream.trainer.testing;

/** A loaded network that tells findings. For one thread; whoever opened it closes it. */
public interface FindingNetwork extends AutoCloseable {

  /**
   * @param images studies × 3 views × side × side, as networks take them
   * @return studies × findings: probabilities, in the order of {@link ScoringManner#ways}
   */
  float[][] probabilities(float[] images, int studies);

  @Override
  void close();
}
