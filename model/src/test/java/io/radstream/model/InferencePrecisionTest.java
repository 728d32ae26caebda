package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What sixteen bits change in what a network sees. */
class InferencePrecisionTest {

  private static final int STUDIES = 6;
  private static final ModelConfig CONFIG = ModelPreset.TINY.config(100);
  private static final int PLANE =
      CONFIG.radiograph().imageSize() * CONFIG.radiograph().imageSize();

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static Refers network(Precision precision) throws Exception {
    return Refers.unlearned(CONFIG, 1, ComputeDevice.best(), precision);
  }

  private static float[] images(long seed, int studies) {
    Random random = new Random(seed);
    float[] images = new float[studies * 3 * PLANE];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    return images;
  }

  /** τ is 0.07 here: a difference of cosines of 0.003 moves a probability by 0.01 at most. */
  @Test
  void shouldMoveCosinesLittleInBfloat16() throws Exception {
    float[] images = images(1, STUDIES);
    int[][] report = {{1, 5, 9, 20, 2}};
    try (Refers exact = network(Precision.FLOAT32);
        Refers rough = network(Precision.BFLOAT16)) {
      float[][] vectors = exact.embedStudies(images, STUDIES);
      float[][] moved = rough.embedStudies(images, STUDIES);
      float[] text = exact.embedReports(report)[0];
      float[] movedText = rough.embedReports(report)[0];

      for (int i = 0; i < STUDIES; i++) {
        assertThat(moved[i]).isNotEqualTo(vectors[i]);
        assertThat(dot(moved[i], vectors[i])).isGreaterThan(0.999);
        assertThat(Math.abs(dot(moved[i], movedText) - dot(vectors[i], text))).isLessThan(0.003);
      }
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
