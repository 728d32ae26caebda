package io.radstream.serving.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.schemas.Alarm;
import io.radstream.schemas.TrainingMetric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrainingHistoryTest {

  private final List<Object> told = new ArrayList<>();
  private final TrainingHistory.Observer observer =
      new TrainingHistory.Observer() {
        @Override
        public void restarted(TrainingCurve curve) {
          told.add(curve);
        }

        @Override
        public void grew(List<TrainingPoint> points) {
          told.add(points);
        }

        @Override
        public void alarmed(List<TrainingAlarm> alarms) {
          told.add(alarms);
        }
      };
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final TrainingHistory history = new TrainingHistory(Optional.empty(), observer, meters);

  @Test
  void shouldJoinTheRecordsOfAStep() {
    history.accept(
        List.of(
            metric("run", "line", 10, Map.of("loss", 2.0)),
            metric("run", "line", 10, Map.of("validation_loss", 3.0))),
        true);

    assertThat(history.curve().points())
        .containsExactly(new TrainingPoint(10, Map.of("loss", 2.0, "validation_loss", 3.0)));
  }

  @Test
  void shouldTellNothingWhileItReadsThePast() {
    history.accept(List.of(metric("run", "line", 1, Map.of("loss", 2.0))), false);
    List<Object> before = List.copyOf(told);

    history.accept(List.of(metric("run", "line", 2, Map.of("loss", 1.0))), true);
    history.accept(List.of(metric("run", "line", 3, Map.of("loss", 0.5))), true);

    assertThat(before).isEmpty();
    assertThat(told.get(0)).isInstanceOf(TrainingCurve.class);
    assertThat(((TrainingCurve) told.get(0)).points()).hasSize(2);
    assertThat(told.get(1)).isEqualTo(List.of(new TrainingPoint(3, Map.of("loss", 0.5))));
  }

  @Test
  void shouldShowTheLastFiguresOfTheRunThatReportsLastToWhoWatches() {
    history.accept(
        List.of(metric("old", "line", 5, Map.of("loss", 9.0, "lag", 3.0, "loss_secret", 1.0))),
        true);

    history.accept(
        List.of(
            metric("new", "line", 6, Map.of("loss", 2.0)),
            metric("new", "line", 6, Map.of("validation_loss", 3.0))),
        true);

    assertThat(meters.get("radstream.training.step").gauge().value()).isEqualTo(6);
    assertThat(figure("loss")).isEqualTo(2);
    assertThat(figure("validation_loss")).isEqualTo(3);
    assertThat(figure("lag")).isNaN();
    assertThat(meters.find("radstream.training.figure").tag("figure", "loss_secret").gauge())
        .isNull();
  }

  private double figure(String name) {
    return meters.get("radstream.training.figure").tag("figure", name).gauge().value();
  }

  @Test
  void shouldTurnToTheRunThatReportsLast() {
    history.accept(List.of(metric("old", "line", 900, Map.of("loss", 1.0))), true);

    history.accept(List.of(metric("new", "line", 1, Map.of("loss", 5.0))), true);

    assertThat(history.curve().runId()).isEqualTo("new");
    assertThat(history.curve().points()).extracting(TrainingPoint::step).containsExactly(1L);
    assertThat(told).hasSize(2).hasOnlyElementsOfType(TrainingCurve.class);
  }

  @Test
  void shouldShowOnlyTheChosenLine() {
    TrainingHistory chosen = new TrainingHistory(Optional.of("mine"), observer, meters);

    chosen.accept(
        List.of(
            metric("a", "mine", 1, Map.of("loss", 1.0)),
            metric("b", "other", 1, Map.of("loss", 9.0))),
        true);

    assertThat(chosen.curve().runId()).isEqualTo("a");
  }

  @Test
  void shouldLeaveOutWhatIsNoNumber() {
    history.accept(
        List.of(metric("run", "line", 1, Map.of("loss", Double.NaN, "epoch", 1.0))), true);

    assertThat(history.curve().points())
        .containsExactly(new TrainingPoint(1, Map.of("epoch", 1.0)));
  }

  @Test
  void shouldKeepTheWholeCourseOfALongRunInBoundedMemory() {
    int steps = TrainingHistory.MOST_POINTS * 5;
    history.accept(
        LongStream.rangeClosed(1, steps)
            .mapToObj(
                step ->
                    metric(
                        "run",
                        "line",
                        step,
                        step % 100 == 0
                            ? Map.of("loss", 1.0, "validation_loss", 2.0)
                            : Map.of("loss", 1.0)))
            .toList(),
        true);

    List<TrainingPoint> points = history.curve().points();

    assertThat(points).hasSizeBetween(TrainingHistory.MOST_POINTS / 3, TrainingHistory.MOST_POINTS);
    assertThat(points.get(0).step()).isLessThan(steps / 100);
    assertThat(points.get(points.size() - 1).step()).isGreaterThan(steps - 10);
    assertThat(points)
        .filteredOn(point -> point.values().containsKey("validation_loss"))
        .hasSize(steps / 100);
  }

  @Test
  void shouldShowTheNewestAlarmFirst() {
    history.accept(List.of(alarm("run", 10, "report_length", 3.0)), true);
    told.clear();

    history.accept(List.of(alarm("run", 20, "views", 2.0)), true);

    List<TrainingAlarm> expected =
        List.of(
            new TrainingAlarm(20, "views", "site", 2.0, 1.0),
            new TrainingAlarm(10, "report_length", "site", 3.0, 1.0));
    assertThat(told).hasSize(2).last().isEqualTo(expected);
    assertThat(history.curve().alarms()).isEqualTo(expected);
  }

  @Test
  void shouldTellOfNoAlarmWhereThereIsNone() {
    history.accept(List.of(metric("run", "line", 1, Map.of("loss", 2.0))), true);
    told.clear();

    history.accept(List.of(metric("run", "line", 2, Map.of("loss", 1.0))), true);

    assertThat(told).containsExactly(List.of(new TrainingPoint(2, Map.of("loss", 1.0))));
  }

  @Test
  void shouldKeepOnlyTheLastAlarms() {
    history.accept(
        LongStream.rangeClosed(1, RecentAlarms.MOST + 5)
            .mapToObj(step -> alarm("run", step, "views", 2.0))
            .toList(),
        true);

    assertThat(history.curve().alarms())
        .hasSize(RecentAlarms.MOST)
        .first()
        .returns(RecentAlarms.MOST + 5L, TrainingAlarm::step);
  }

  @Test
  void shouldShowAnAlarmOnceWhereItsStepIsTakenAgain() {
    history.accept(List.of(alarm("run", 10, "views", 2.0), alarm("run", 10, "views", 2.5)), true);

    assertThat(history.curve().alarms())
        .containsExactly(new TrainingAlarm(10, "views", "site", 2.5, 1.0));
  }

  @Test
  void shouldForgetTheAlarmsOfAnEarlierRun() {
    history.accept(List.of(alarm("old", 10, "views", 2.0)), true);

    history.accept(List.of(metric("new", "line", 1, Map.of("loss", 5.0))), true);

    assertThat(history.curve().alarms()).isEmpty();
  }

  @Test
  void shouldNotShowAnAlarmWithoutANumber() {
    history.accept(List.of(alarm("run", 10, "views", Double.NaN)), true);

    assertThat(history.curve().alarms()).isEmpty();
  }

  @Test
  void shouldCountTheAlarmsOfTheDayAndNotThoseOfThePast() {
    history.accept(List.of(alarm("run", 10, "views", 2.0)), false);
    history.accept(List.of(alarm("run", 20, "views", 2.0)), true);

    history.accept(
        List.of(alarm("run", 30, "views", 2.0), alarm("run", 40, "report_length", 2.0)), true);

    assertThat(meters.find("radstream.drift.alarms").counters())
        .hasSizeGreaterThan(2)
        .filteredOn(counter -> counter.count() > 0)
        .extracting(counter -> counter.getId().getTags(), Counter::count)
        .containsExactlyInAnyOrder(
            tuple(List.of(Tag.of("statistic", "views")), 1.0),
            tuple(List.of(Tag.of("statistic", "report_length")), 1.0));
  }

  private static TrainingMetric alarm(String run, long step, String statistic, double value) {
    return metric(run, "line", step, Map.of(), new Alarm(statistic, "site", value, 1.0, 9.0, 4.0));
  }

  private static TrainingMetric metric(
      String run, String line, long step, Map<String, Double> values, Alarm... alarms) {
    return TrainingMetric.newBuilder()
        .setRunId(run)
        .setLine(line)
        .setStep(step)
        .setTime(Instant.EPOCH)
        .setValues(values)
        .setAlarms(List.of(alarms))
        .build();
  }
}
