package io.radstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.radstream.model.kernels.check.KernelCheck;
import io.radstream.model.kernels.check.KernelChecks;
import io.radstream.model.kernels.check.Outcome;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels' very text, on a processor. */
class KernelArithmeticTest {

  @TempDir private static Path directory;

  /** Each is run but once that way. */
  private static final Map<KernelCheck, Outcome> FORWARDS = new HashMap<>();

  private static HostDevice device;

  private static Outcome forwards(KernelCheck check) {
    return check.run(device);
  }

  @BeforeAll
  static void compileOnTheHost() {
    device = HostDevice.in(directory);
  }

  @BeforeEach
  void requireCompiler() {
    assumeTrue(
        HostDevice.isHere(), "kernels run on the host where there is a g++ (Debian: package g++)");
  }

  @AfterAll
  static void unload() {
    device.close();
  }

  static List<KernelCheck> checks() {
    return KernelChecks.small();
  }

  @ParameterizedTest
  @MethodSource("checks")
  void shouldComputeItsFormula(KernelCheck check) {
    Outcome outcome = FORWARDS.computeIfAbsent(check, KernelArithmeticTest::forwards);

    assertThat(outcome.differences())
        .isNotEmpty()
        .allSatisfy(error -> assertThat(error.worst()).as(error.result()).isLessThanOrEqualTo(1));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void shouldGiveTheSameBitsInWhateverOrderThreadsCome(KernelCheck check) {
    Outcome forwards = FORWARDS.computeIfAbsent(check, KernelArithmeticTest::forwards);

    Outcome backwards = check.run(device.turnedAround());

    assertThat(backwards.digest()).isEqualTo(forwards.digest());
  }
}
