package io.radstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.HostMemory;
import io.radstream.model.engine.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DistinctViewsTest {

  private static final int SIDE = 2;
  private static final float[] A = {1, 2, 3, 4};
  private static final float[] B = {1, 2, 3, 5};
  private static final float[] C = {6, 7, 8, 9};

  private final NDManager manager = ComputeDevice.best().newManager();

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static float[] images(float[]... views) {
    float[] images = new float[views.length * SIDE * SIDE];
    for (int i = 0; i < views.length; i++) {
      System.arraycopy(views[i], 0, images, i * SIDE * SIDE, SIDE * SIDE);
    }
    return images;
  }

  @Test
  void shouldKeepEachPictureOfAStudyOnce() {
    float[] images = images(A, B, A, C, C, C);

    DistinctViews views = DistinctViews.of(manager, new HostMemory(manager), images, 2, SIDE);

    assertThat(views.images().toFloatArray()).isEqualTo(images(A, B, C));
    assertThat(views.places().toLongArray()).containsExactly(0, 1, 0, 2, 2, 2);
  }

  @Test
  void shouldGiveEveryViewBackFromItsPlace() {
    float[] images = images(A, B, B, C, A, C);

    DistinctViews views = DistinctViews.of(manager, new HostMemory(manager), images, 2, SIDE);

    assertThat(views.images().get(views.places()).toFloatArray()).isEqualTo(images);
  }

  @Test
  void shouldRefuseImagesThatAreNotThreeViewsOfEachStudy() {
    float[] images = images(A, B);

    assertThatThrownBy(() -> DistinctViews.of(manager, new HostMemory(manager), images, 1, SIDE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8 values");
  }
}
