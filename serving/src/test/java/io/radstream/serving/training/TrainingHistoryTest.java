package io.radstream.serving.training;

import static org.assertj.core.api.Assertions.assertThat;

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
      };
  private final TrainingHistory history = new TrainingHistory(Optional.empty(), observer);

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
  void shouldTurnToTheRunThatReportsLast() {
    history.accept(List.of(metric("old", "line", 900, Map.of("loss", 1.0))), true);

    history.accept(List.of(metric("new", "line", 1, Map.of("loss", 5.0))), true);

    assertThat(history.curve().runId()).isEqualTo("new");
    assertThat(history.curve().points()).extracting(TrainingPoint::step).containsExactly(1L);
    assertThat(told).hasSize(2).hasOnlyElementsOfType(TrainingCurve.class);
  }

  @Test
  void shouldShowOnlyTheChosenLine() {
    TrainingHistory chosen = new TrainingHistory(Optional.of("mine"), observer);

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

  private static TrainingMetric metric(
      String run, String line, long step, Map<String, Double> values) {
    return TrainingMetric.newBuilder()
        .setRunId(run)
        .setLine(line)
        .setStep(step)
        .setTime(Instant.EPOCH)
        .setValues(values)
        .setAlarms(List.of())
        .build();
  }
}
