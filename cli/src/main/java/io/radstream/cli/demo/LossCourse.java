package io.radstream.cli.demo;

import io.radstream.trainer.figures.StepLosses;
import io.radstream.trainer.run.StepReport;
import io.radstream.trainer.run.TrainingListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** How the losses went: the first step, and the mean of the last ones. */
final class LossCourse implements TrainingListener {

  private static final int LAST_STEPS = 20;

  private Optional<StepLosses> first = Optional.empty();
  private final Deque<StepLosses> last = new ArrayDeque<>();

  @Override
  public void stepped(StepReport report) {
    first = first.or(() -> Optional.of(report.losses()));
    last.addLast(report.losses());
    if (last.size() > LAST_STEPS) {
      last.removeFirst();
    }
  }

  Optional<StepLosses> first() {
    return first;
  }

  /** Empty where no step was taken. */
  Optional<StepLosses> last() {
    if (last.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new StepLosses(
            mean(StepLosses::contrastive),
            mean(StepLosses::language),
            mean(StepLosses::labels),
            mean(losses -> Optional.of(losses.total())).orElseThrow()));
  }

  private Optional<Double> mean(Function<StepLosses, Optional<Double>> part) {
    OptionalDouble mean =
        last.stream()
            .map(part)
            .flatMap(Optional::stream)
            .mapToDouble(Double::doubleValue)
            .average();
    return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
  }
}
