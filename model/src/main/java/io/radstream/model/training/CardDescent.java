package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.Readings;
import io.radstream.model.engine.Readings.Reading;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.explicit.Card;
import io.radstream.model.kernels.DescentJobs.Job;
import io.radstream.model.kernels.DescentKernels;
import io.radstream.model.kernels.KernelBinaries;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * SGD by kernels of our own, as {@code descent.cu} tells: the device finds the norm and decides by
 * a flag whether weights move; the host hears of it when it asks. The flag stays up until the host
 * knows, so that no step moves a weight that was begun before. Not thread-safe.
 */
final class CardDescent implements Descent {

  private static final int DIGITS = 12;

  private final Card card;
  private final DescentKernels kernels;
  private final Sgd sgd;
  private final OptimizerConfig config;
  private final DescentTables tables;
  private final FilledArray settings;
  private final RaisedFlag flag;

  /** Stands for losses that the host has read: what is to be finite. */
  private final FilledArray known;

  private final NDArray state;
  private final NDArray parts;
  private final Readings readings;

  private CardDescent(
      Card card,
      TorchScript script,
      NDManager manager,
      Sgd sgd,
      OptimizerConfig config,
      List<Job> jobs) {
    this.card = card;
    this.kernels = DescentKernels.load(card.device());
    this.sgd = sgd;
    this.config = config;
    this.tables = new DescentTables(card, script, manager, jobs);
    int numbers =
        DescentKernels.COMMON_SETTINGS + DescentKernels.GROUP_SETTINGS * sgd.groups().size();
    this.settings = new FilledArray(script, manager, numbers * Float.BYTES);
    this.flag = new RaisedFlag(script, manager);
    this.known = new FilledArray(script, manager, Float.BYTES);
    this.state = manager.zeros(new Shape(DescentKernels.STATE));
    this.parts = manager.zeros(new Shape(tables.chunkCount()), DataType.FLOAT64);
    this.readings = Readings.of(manager);
  }

  /**
   * Empty where arrays are not as the kernels take them.
   *
   * @param manager lives as long as the network
   * @param sgd whose state is moved with the weights
   */
  static Optional<CardDescent> of(
      Card card,
      TorchScript script,
      NDManager manager,
      OptimizerConfig config,
      Sgd sgd,
      LearningWeights learning) {
    return DescentTables.jobs(card, sgd, learning)
        .map(jobs -> new CardDescent(card, script, manager, sgd, config, jobs));
  }

  @Override
  public double lossScale() {
    return 1;
  }

  @Override
  public StepUnderWay begin(
      NDManager scratch, PendingLosses losses, Gradients gradients, LearningRates rates) {
    return TorchEngine.recording(
        false,
        () -> {
          flag.lower();
          settings.fill(settings(gradients.lossScale(), rates));
          tables.take(gradients);
          move(finite(losses));
          return new Begun(losses, gradients.lossScale());
        });
  }

  private float[] settings(double lossScale, LearningRates rates) {
    List<WeightGroups.Group> groups = sgd.groups();
    float[] numbers = new float[(int) settings.array().size()];
    numbers[0] = (float) lossScale;
    numbers[1] = (float) config.maxGradientNorm();
    numbers[2] = (float) config.momentum();
    for (int i = 0; i < groups.size(); i++) {
      int at = DescentKernels.COMMON_SETTINGS + DescentKernels.GROUP_SETTINGS * i;
      numbers[at] = (float) groups.get(i).rate(rates);
      numbers[at + 1] = (float) groups.get(i).decay(config);
    }
    return numbers;
  }

  private NDArray finite(PendingLosses losses) {
    List<NDArray> scalars = losses.scalars();
    if (scalars.isEmpty()) {
      known.fill(Double.isFinite(losses.read().total()) ? 0 : Float.NaN);
      return known.array();
    }
    return NDArrays.concat(
        new NDList(scalars.stream().map(scalar -> scalar.reshape(scalar.size())).toList()));
  }

  private void move(NDArray losses) {
    DescentKernels.Tables of =
        new DescentKernels.Tables(
            tables.jobs(),
            tables.chunks(),
            tables.chunkCount(),
            card.address(settings.array()),
            card.address(state),
            card.address(flag.array()));
    long stream = card.stream().getAsLong();
    kernels.norm(stream, of, card.address(parts), card.address(losses), (int) losses.size());
    kernels.descend(stream, of);
  }

  /** With the first digits of a digest of the kernels. */
  @Override
  public Optional<String> name() {
    String digest = KernelBinaries.kernelsHash(List.of(kernels.key()));
    return Optional.of("descent " + digest.substring(0, DIGITS));
  }

  @Override
  public Map<String, NDArray> state() {
    return sgd.state();
  }

  /** A step that the device was given. */
  private final class Begun implements StepUnderWay {

    private final PendingLosses losses;
    private final double lossScale;
    private final Reading reading = readings.of(state);
    private final long lowered = flag.lowered();
    private Optional<StepUnderWay> over = Optional.empty();

    Begun(PendingLosses losses, double lossScale) {
      this.losses = losses;
      this.lossScale = lossScale;
    }

    @Override
    public boolean isDone() {
      return over.isPresent();
    }

    @Override
    public StepResult finish() {
      StepUnderWay found = over.orElseGet(this::found);
      over = Optional.of(found);
      return found.finish();
    }

    private StepUnderWay found() {
      float[] numbers = reading.numbers();
      double norm = numbers[0];
      if (numbers[2] == 0) {
        return StepUnderWay.over(new StepResult(losses.read(), norm, lossScale, false));
      }
      flag.found(lowered);
      double loss = losses.read().total();
      return StepUnderWay.failed(
          Double.isFinite(loss) && Double.isFinite(norm)
              ? new NonFiniteLossException("a step before it has one")
              : NonFiniteLossException.of(loss, norm));
    }
  }
}
