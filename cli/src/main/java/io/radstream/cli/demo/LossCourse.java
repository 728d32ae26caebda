package io.radstream.cli.demo;

import io.radstream.trainer.Losses;
import io.radstream.trainer.StepReport;
import io.radstream.trainer.TrainingListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** How the losses went: the first step, and the mean of the last ones. */
final class LossCourse implements TrainingListener {

  private static final int LAST_STEPS = 20;

  private Optional<Losses> first = Optional.empty();
  private final Deque<Losses> last = new ArrayDeque<>();

  @Override
  public void stepped(StepReport report) {
    first = first.or(() -> Optional.of(report.losses()));
    last.addLast(report.losses());
    if (last.size() > LAST_STEPS) {
      last.removeFirst();
    }
  }

  Optional<Losses> first() {
    return first;
  }

  /** Empty where no step was taken. */
  Optional<Losses> last() {
    if (last.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Losses(
            mean(Losses::contrastive),
            mean(Losses::language),
            mean(Losses::labels),
            mean(losses -> Optional.of(losses.total())).orElseThrow()));
  }

  private Optional<Double> mean(Function<Losses, Optional<Double>> part) {
    OptionalDouble mean =
        last.stream()
            .map(part)
            .flatMap(Optional::stream)
            .mapToDouble(Double::doubleValue)
            .average();
    return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
  }
}
