package io.radstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the processor that stands in for a GPU notices what would go wrong on one. */
class HostDeviceTest {

  private static final int THREADS = 64;
  private static final KernelProgram CARELESS = new KernelProgram("careless", new TreeMap<>());

  @TempDir private Path directory;

  @Test
  void shouldNoticeWhatIsCareless() {
    assumeTrue(HostDevice.isHere(), "kernels run on the host where there is a g++");
    try (HostDevice device = HostDevice.in(directory)) {
      ByteBuffer forwards = run(device, "forgets_to_wait");

      ByteBuffer backwards = run(device.turnedAround(), "forgets_to_wait");

      assertThat(backwards).isNotEqualTo(forwards);
      assertThatThrownBy(() -> run(device, "waits_apart"))
          .isInstanceOf(KernelException.class)
          .hasMessageContaining("wait for different things");
    }
  }

  @Test
  void shouldRefuseArgumentsThatAKernelDoesNotTake() {
    Signatures signatures = Signatures.of(KernelProgram.rows());

    assertThatThrownBy(() -> signatures.require("gather_rows", Arguments.of(1L, 2L, 3L, 4L, 5L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gather_rows takes");
    assertThatThrownBy(() -> signatures.require("scatter_rows", Arguments.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no kernel scatter_rows");
  }

  private static ByteBuffer run(HostDevice device, String kernel) {
    ByteBuffer result = ByteBuffer.allocateDirect(THREADS * Float.BYTES);
    long address = device.allocate(result.capacity());
    device.load(CARELESS).launch(0, kernel, new Grid(1, 1, THREADS), Arguments.of(address));
    device.read(address, result);
    return result.flip();
  }
}
