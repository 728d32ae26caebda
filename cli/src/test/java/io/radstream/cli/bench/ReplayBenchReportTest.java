package io.radstream.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.radstream.cli.demo.KillCheck;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunPreset;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReplayBenchReportTest {

  private static final RunConfig CONFIG = RunPreset.TINY.config("bench", 100);

  @Test
  void shouldTellStepsBeforeTheKillFromThoseBehindItAndCountTheWaiting() {
    NavigableMap<Long, Map<String, Double>> figures = new TreeMap<>();
    for (long step = 1; step <= 3; step++) {
      figures.put(step, step(0.10 + step / 100.0, 0.01, 5));
    }
    figures.put(4L, step(0.20, 0.02, 4));
    figures.put(5L, step(0.50, 0, 3));
    figures.put(6L, step(0.20, 0.01, 2));

    ReplayBenchReport report =
        ReplayBenchReport.of(
            CONFIG,
            3,
            new KillCheck.Outcome("run", 6, 1, true, "digest"),
            figures,
            List.of(0.3, 0.1, 0.2));

    assertThat(report.secondsPerStep()).isCloseTo(0.13, within(1e-9));
    assertThat(report.secondsPerStepResumed()).isCloseTo(0.22, within(1e-9));
    assertThat(report.secondsPerStepReplayed()).isEqualTo(0.2);
    assertThat(report.losses()).containsExactly(5.0, 5.0, 5.0, 4.0, 3.0, 2.0);
    assertThat(report.replayIdentical()).isTrue();
  }

  private static Map<String, Double> step(double computed, double waited, double loss) {
    return Map.of("step_seconds", computed, "data_wait_seconds", waited, "loss", loss);
  }
}
