package io.radstream.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.radstream.model.config.LearningRates;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private final Schedule schedule = new Schedule(Schedule.Shape.COSINE, 3e-3, 3e-4, 10, 110);

  @Test
  void shouldWarmUpLinearly() {
    assertThat(schedule.at(0).radiograph()).isEqualTo(3e-4, within(1e-12));
    assertThat(schedule.at(4).radiograph()).isEqualTo(1.5e-3, within(1e-12));
    assertThat(schedule.at(9)).isEqualTo(new LearningRates(3e-3, 3e-4));
  }

  @Test
  void shouldFallAsAHalfCosine() {
    assertThat(schedule.at(10)).isEqualTo(new LearningRates(3e-3, 3e-4));
    assertThat(schedule.at(35).radiograph())
        .isEqualTo(3e-3 * 0.5 * (1 + Math.sqrt(0.5)), within(1e-12));
    assertThat(schedule.at(60).radiograph()).isEqualTo(1.5e-3, within(1e-12));
    assertThat(schedule.at(60).text()).isEqualTo(1.5e-4, within(1e-12));
  }

  @Test
  void shouldEndAtZero() {
    assertThat(schedule.at(109).radiograph()).isPositive().isLessThan(1e-6);
    assertThat(schedule.at(110).radiograph()).isZero();
  }

  @Test
  void shouldStartAtThePeakWithoutWarmUp() {
    assertThat(new Schedule(Schedule.Shape.COSINE, 1, 2, 0, 10).at(0))
        .isEqualTo(new LearningRates(1, 2));
  }
}
