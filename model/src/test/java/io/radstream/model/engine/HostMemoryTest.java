package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HostMemoryTest {

  private final NDManager manager = ComputeDevice.best().newManager();

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void shouldKeepWhatWasPut() {
    NDArray pictures =
        new HostMemory(manager)
            .pictures(
                manager,
                6,
                target -> {
                  target.put(new float[] {1, 2, 3, 4});
                  return new Shape(2, 2);
                });

    assertThat(pictures.getShape()).isEqualTo(new Shape(2, 2));
    assertThat(pictures.toFloatArray()).containsExactly(1, 2, 3, 4);
  }

  /** All that can be seen of the way to a GPU without one: its scripts, in memory as it is. */
  @Test
  void shouldSendFromMemoryOfTheHost() {
    TorchScript script = TorchScript.fused(manager);
    NDArray host =
        script.run(
            "pinned", manager, IValue.from(4L), ScalarType.FLOAT32.value(), IValue.from(false));
    ((PtNDArray) host).toByteBuffer(true).asFloatBuffer().put(new float[] {1, 2, 3, 4});
    NDArray there = manager.create(new Shape(2, 2));

    try (IValue to = IValue.from((PtNDArray) there);
        IValue from = IValue.from((PtNDArray) host.reshape(2, 2))) {
      script.call("send", to, from).close();
    }

    assertThat(there.toFloatArray()).containsExactly(1, 2, 3, 4);
  }
}
