package io.radstream.model.explicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Dropout;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LayersTest {

  private static final int FEATURES = 10_000;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void shouldDropAsManyFeaturesAsTheRateSays() {
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      Operations operations = ExplicitScript.of(manager, Precision.FLOAT32).in(manager);
      GradientSums sums =
          new GradientSums(operations, List.of(), new IdentityHashMap<>(), WayBack.UNTOLD);
      TorchEngine.seed(1, 0);

      Passed dropped =
          new Layers(operations, sums)
              .dropout(new Dropout(0.3, true), manager.ones(new Shape(1, FEATURES)));
      NDArray back = dropped.back().through(manager.ones(new Shape(1, FEATURES)));

      float[] features = dropped.y().toFloatArray();
      assertThat(share(features, 0)).isCloseTo(0.3, within(0.03));
      assertThat(share(features, 1 / 0.7f)).isCloseTo(0.7, within(0.03));
      assertThat(back.toFloatArray()).isEqualTo(features);
    }
  }

  private static double share(float[] features, float of) {
    return IntStream.range(0, features.length)
            .filter(i -> Math.abs(features[i] - of) < 1e-6)
            .count()
        / (double) features.length;
  }
}
