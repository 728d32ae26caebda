package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.LearningRates;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.objective.Recollection;
import io.radstream.model.weights.RunningStatistics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The host reads losses and norm, and decides. */
record HostDescent(
    BatchPass pass,
    LearningWeights learning,
    Optimizer optimizer,
    SlowWeights slow,
    LossScale scale)
    implements Descent {

  @Override
  public double lossScale() {
    return scale.value();
  }

  @Override
  public StepUnderWay begin(
      NDManager scratch, PendingLosses pending, Gradients gradients, LearningRates rates) {
    BatchLosses losses = pending.read();
    double norm = gradients.norm();
    double loss = losses.total();
    boolean finite = Double.isFinite(loss) && Double.isFinite(norm);
    if (finite) {
      move(scratch, gradients, rates, norm);
      scale.keep();
    }
    // A smaller scale helps a gradient that overflowed, not a loss that is no number itself.
    if (!finite && !(Double.isFinite(loss) && scale.shrink())) {
      return StepUnderWay.failed(NonFiniteLossException.of(loss, norm));
    }
    return StepUnderWay.over(new StepResult(losses, norm, gradients.lossScale(), !finite));
  }

  private void move(NDManager scratch, Gradients gradients, LearningRates rates, double norm) {
    TorchEngine.recording(
        false,
        () -> {
          optimizer.descend(gradients, rates, norm);
          slow.stepped();
          learning.changed();
          moveWithoutGradients(scratch);
          return norm;
        });
  }

  /**
   * Empty where a step changes more than weights by SGD, or is others' as well, or might be: then
   * it has the same bits.
   */
  Optional<Sgd> sgdAlone() {
    boolean alone =
        pass.exchange().isAlone()
            && !pass.division().isSharded()
            && pass.goals().recollections().isEmpty()
            && pass.network().weights().parameters().stream().allMatch(all -> all.kind().learns())
            && slow.state().isEmpty()
            && scale.state().isEmpty();
    return alone && optimizer instanceof Sgd sgd ? Optional.of(sgd) : Optional.empty();
  }

  /** Of all shares of the batch, so that those who share it keep the same. */
  private void moveWithoutGradients(NDManager scratch) {
    RunningStatistics statistics = pass.network().weights().statistics();
    statistics.seen(scratch).ifPresent(seen -> statistics.take(pass.exchange().gather(seen).all()));
    for (Recollection kept : pass.goals().recollections()) {
      kept.stepped(scratch, rows -> pass.exchange().gather(rows).all());
    }
  }

  @Override
  public Optional<String> name() {
    return Optional.empty();
  }

  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>(optimizer.state());
    state.putAll(slow.state());
    state.putAll(scale.state());
    return state;
  }
}
