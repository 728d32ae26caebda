package io.radstream.model;

import io.radstream.model.config.ModelConfig;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.ViewFusion;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/** Batches for the networks of {@link SmallNetworks}, and for others. */
public final class RandomStudies {

  private RandomStudies() {}

  /**
   * Random studies; every third label is unknown, and the first study has one view three times.
   *
   * @param findings labels of a study
   */
  public static StudyBatch batch(int studies, long seed, int findings) {
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

  /**
   * Random studies of three different views, for a network that reads both vocabularies alike.
   *
   * @param length of each report
   */
  static StudyBatch batch(ModelConfig model, int studies, IntSupplier length) {
    SplittableRandom random = new SplittableRandom(1);
    int side = model.radiograph().imageSize();
    float[] images = new float[studies * ViewFusion.VIEWS * side * side];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    int[][] tokens = new int[studies][];
    for (int i = 0; i < studies; i++) {
      tokens[i] = random.ints(length.getAsInt(), 0, model.report().vocabulary()).toArray();
    }
    return new StudyBatch(images, tokens);
  }
}
