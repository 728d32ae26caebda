package io.radstream.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.model.objective.BatchLosses;
import io.radstream.trainer.run.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On a clock that stands, but for products, of which each takes a second. */
class StepMeterTest {

  private static final long SECOND = 1_000_000_000;
  private static final int STEPS = 5;
  private static final int WARM_UP = 2;

  private final List<Long> measured = new ArrayList<>();
  private long step;
  private long nanos;

  @Test
  void shouldMeasureProductsBetweenSteps() {
    StepMeter meter = taken(false);

    assertThat(measured).containsExactly(2L, 3L, 4L, 5L);
    assertThat(meter.ceiling()).isEqualTo(5);
    assertThat(meter.steps()).hasSize(STEPS - WARM_UP).allMatch(step -> step.seconds() == 0.25);
  }

  /** Behind the last step the device has no other. */
  @Test
  void shouldMeasureNoProductWhereTheDeviceIsAtTheNextStep() {
    StepMeter meter = taken(true);

    assertThat(measured).containsExactly(5L);
    assertThat(meter.steps()).hasSize(STEPS - WARM_UP).allMatch(step -> step.seconds() == 0.25);
  }

  private StepMeter taken(boolean overlapping) {
    StepMeter meter =
        new StepMeter(
            products -> {
              measured.add(step);
              nanos += products * SECOND;
              return step;
            },
            overlapping,
            WARM_UP,
            () -> nanos,
            done -> {});
    for (step = 1; step <= STEPS; step++) {
      nanos += SECOND / 4;
      meter.stepped(
          new StepReport(
              step, STEPS, new BatchLosses(Map.of(), 1), Map.of("data_wait_seconds", 0.0)));
    }
    return meter;
  }
}
