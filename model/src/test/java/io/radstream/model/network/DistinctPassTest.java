package io.radstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.ScriptedArithmetic;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.weights.SeededWeights;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** That a picture which comes again in its study is seen once, and counts as often as it comes. */
class DistinctPassTest {

  private static final ModelConfig CONFIG = ModelPreset.TINY.config(100);
  private static final int SIDE = CONFIG.radiograph().imageSize();
  private static final int STUDIES = 3;

  /** The last bits of a product depend on how many rows it has. */
  private static final float LAST_BITS = 1e-5f;

  /** Of three studies: the picture in each place. */
  private static final int[] PICTURES = {0, 0, 0, 1, 2, 2, 3, 4, 5};

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static float[] images() {
    float[] images = new float[PICTURES.length * SIDE * SIDE];
    for (int view = 0; view < PICTURES.length; view++) {
      Random random = new Random(PICTURES[view]);
      for (int i = 0; i < SIDE * SIDE; i++) {
        images[view * SIDE * SIDE + i] = (float) random.nextGaussian();
      }
    }
    return images;
  }

  @Test
  void shouldGiveTheSameVectorsAsAPassOverEveryView() {
    try (NDManager manager = ComputeDevice.best().newManager()) {
      RefersNetwork network =
          RefersNetwork.of(
              manager,
              CONFIG,
              ObjectiveList.parts(CONFIG),
              new SeededWeights(manager, 1),
              ScriptedArithmetic.of(manager, Precision.FLOAT32));
      NDArray every = manager.create(images(), new Shape(PICTURES.length, SIDE, SIDE));

      float[] once = network.study(manager, images(), STUDIES).vectors().toFloatArray();

      float[] expected =
          network.fusion().apply(network.radiograph().apply(every)).vectors().toFloatArray();
      assertThat(once).hasSameSizeAs(expected);
      for (int i = 0; i < once.length; i++) {
        assertThat(once[i]).isCloseTo(expected[i], within(LAST_BITS));
      }
    }
  }
}
