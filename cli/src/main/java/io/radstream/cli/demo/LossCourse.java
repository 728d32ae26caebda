package io.radstream.cli.demo;

import io.radstream.model.objective.BatchLosses;
import io.radstream.trainer.run.StepReport;
import io.radstream.trainer.run.TrainingListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How the losses went: the first step, and the mean of the last ones. */
final class LossCourse implements TrainingListener {

  private static final int LAST_STEPS = 20;

  private Optional<BatchLosses> first = Optional.empty();
  private final Deque<BatchLosses> last = new ArrayDeque<>();

  @Override
  public void stepped(StepReport report) {
    first = first.or(() -> Optional.of(report.losses()));
    last.addLast(report.losses());
    if (last.size() > LAST_STEPS) {
      last.removeFirst();
    }
  }

  Optional<BatchLosses> first() {
    return first;
  }

  /** Empty where no step was taken. */
  Optional<BatchLosses> last() {
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Double> means = new LinkedHashMap<>();
    for (String objective : last.getLast().byObjective().keySet()) {
      means.put(objective, mean(losses -> losses.byObjective().get(objective)));
    }
    return Optional.of(new BatchLosses(means, mean(BatchLosses::total)));
  }

  private double mean(ToDoubleFunction<BatchLosses> which) {
    return last.stream().mapToDouble(which).average().orElseThrow();
  }
}
