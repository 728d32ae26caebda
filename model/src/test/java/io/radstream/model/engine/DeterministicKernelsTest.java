package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeterministicKernelsTest {

  /** Of an operation for which PyTorch has no deterministic kernel on any device. */
  private static final String SCRIPT =
      """
      class M(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        _is_full_backward_hook : Optional[bool]
        def put(self: __torch__.M,
          x: Tensor,
          places: Tensor) -> Tensor:
          return torch.put(x, places, x, False)
      """;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(2);
  }

  @AfterEach
  void allowAll() {
    DeterministicKernels.require(false);
  }

  @Test
  void shouldRefuseAKernelWithoutAFixedOrder() {
    DeterministicKernels.require(true);

    assertThatThrownBy(DeterministicKernelsTest::put)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("deterministic");
  }

  @Test
  void shouldAllowItAgain() {
    DeterministicKernels.require(true);
    DeterministicKernels.require(false);

    assertThatCode(DeterministicKernelsTest::put).doesNotThrowAnyException();
  }

  private static void put() {
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      NDArray x = manager.ones(new Shape(2));
      TorchScript.load(manager, SCRIPT).run("put", x, manager.create(new long[] {0, 0}));
    }
  }
}
