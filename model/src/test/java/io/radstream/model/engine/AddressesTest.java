package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.sun.jna.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AddressesTest {

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void shouldTellWhereNumbersOfAnArrayAndOfAPartOfItLie() {
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      NDArray array = manager.create(new float[] {1, 2, 3, 4});
      Addresses addresses = new Addresses();

      new Pointer(addresses.of(array)).setFloat(0, 7);
      new Pointer(addresses.of(array.get("2:"))).setFloat(Float.BYTES, 9);

      assertThat(array.toFloatArray()).containsExactly(7, 2, 3, 9);
    }
  }
}
