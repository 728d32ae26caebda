package io.radstream.model;

import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.ViewFusion;
import java.util.SplittableRandom;

/** Batches for the networks of {@link SmallNetworks}. */
final class RandomStudies {

  private RandomStudies() {}

  /**
   * Random studies; every third label is unknown, and the first study has one view three times.
   *
   * @param findings labels of a study
   */
  static StudyBatch batch(int studies, long seed, int findings) {
    StudyBatch plain = SmallNetworks.batch(studies, seed);
    int view = plain.images().length / studies / ViewFusion.VIEWS;
    System.arraycopy(plain.images(), 0, plain.images(), view, view);
    System.arraycopy(plain.images(), 0, plain.images(), 2 * view, view);
    SplittableRandom random = new SplittableRandom(seed);
    float[][] labels = new float[studies][findings];
    for (int i = 0; i < studies * findings; i++) {
      labels[i / findings][i % findings] = i % 3 == 2 ? Float.NaN : random.nextInt(2);
    }
    return new StudyBatch(plain.images(), plain.tokens(), plain.encoderTokens(), labels);
  }
}
