package io.radstream.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is free on a device, as its system tells it. */
class DeviceMemoryTest {

  @TempDir private Path folder;

  private static OptionalLong cuda(String... tool) {
    return new CudaMemory(List.of(tool)).bytes();
  }

  @Test
  void shouldTakeTheGpuWithTheLeastMemory() {
    assertThat(cuda("printf", "142771\\n  80 \\n143000\\n")).hasValue(80L << 20);
  }

  @Test
  void shouldNotKnowWhatTheToolDoesNotTell() {
    assertThat(cuda("printf", "[N/A]\\n")).isEmpty();
    assertThat(cuda("true")).isEmpty();
    assertThat(cuda("there-is-no-such-tool")).isEmpty();
  }

  @Test
  void shouldCountWhatTheSystemCanLetGoOfAsFree() throws Exception {
    Path meminfo =
        Files.writeString(
            folder.resolve("meminfo"),
            "MemTotal:  2048 kB\nMemFree:  100 kB\nMemAvailable:  1024 kB\n");

    assertThat(new MachineMemory(meminfo).bytes()).hasValue(1L << 20);
  }

  @Test
  void shouldAskTheVirtualMachineWhereTheSystemHasNoSuchFile() {
    assertThat(new MachineMemory(folder.resolve("none")).bytes().getAsLong()).isPositive();
  }
}
