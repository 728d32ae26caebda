package io.radstream.cli.experiment;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.cli.demo.LiveTraining;
import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.Origin;
import io.radstream.experiments.plan.Plan;
import io.radstream.experiments.plan.Pretraining;
import io.radstream.experiments.plan.Source;
import io.radstream.experiments.results.TestedStudy;
import io.radstream.experiments.results.TrainedNetwork;
import io.radstream.experiments.run.Laboratory;
import io.radstream.experiments.run.Room;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.trainer.checkpoint.CheckpointConfig;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.run.Beginning;
import io.radstream.trainer.run.RunRequest;
import io.radstream.trainer.run.RunSummary;
import io.radstream.trainer.run.RunSummary.Outcome;
import io.radstream.trainer.run.Surroundings;
import io.radstream.trainer.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Trains with runs of the trainer, in this process and one at a time: a step draws from PyTorch's
 * one source of random numbers, and would draw others beside another run's.
 */
public final class TrainerLaboratory implements Laboratory {

  private final Plan plan;
  private final Grounds grounds;
  private final Supplier<LiveTraining> display;
  private final CheckpointStore store;
  private final BroughtSources sources;
  private volatile boolean stopRequested;
  private volatile Optional<TrainingRun> running = Optional.empty();

  /**
   * @param display of each run
   * @param tell what is done besides
   */
  public TrainerLaboratory(
      Plan plan, Grounds grounds, Supplier<LiveTraining> display, Consumer<String> tell) {
    this.plan = plan;
    this.grounds = grounds;
    this.display = display;
    this.store = new CheckpointStore(grounds.store());
    this.sources = new BroughtSources(plan.experiment(), grounds, () -> stopRequested, tell);
  }

  /** From any thread; the run in hand writes a checkpoint and ends. */
  public void requestStop() {
    stopRequested = true;
    running.ifPresent(TrainingRun::requestStop);
  }

  public boolean stopRequested() {
    return stopRequested;
  }

  @Override
  public void check(Pretraining run) throws IOException {
    configs().of(run, Optional.empty());
    grounds.to(plan.experiment().source(run.recipe().source()));
  }

  @Override
  public void check(Cell cell, Optional<Path> base) throws IOException {
    configs().of(cell, base);
    if (cell.initialisation().origin() instanceof Origin.PublicWeights weights
        && Files.notExists(Path.of(weights.radiograph()))) {
      throw new IOException(
          "initialisations.%s.weights.radiograph: there is no %s"
              .formatted(cell.initialisation().name(), weights.radiograph()));
    }
    grounds.to(plan.experiment().source(cell.target().source()));
    grounds.to(plan.experiment().source(cell.target().testSource()));
  }

  /**
   * How many cells have room at a time.
   *
   * @throws IOException where a checkpoint cannot be read
   */
  public Room room(List<Cell> cells) throws IOException {
    return new CellRoom(grounds.device(), configs()).of(cells);
  }

  @Override
  public boolean prepare(String name) throws IOException, InterruptedException {
    Source source = plan.experiment().source(name);
    if (source instanceof Source.Brought brought && !sources.prepare(name, brought)) {
      return false;
    }
    new LabelledFindings(grounds.to(source))
        .require(
            plan.experiment().targets().stream()
                .filter(target -> target.source().equals(name))
                .toList());
    return true;
  }

  @Override
  public Optional<TrainedNetwork> pretrain(Pretraining run, Optional<Path> base)
      throws IOException, InterruptedException {
    try (ReportTokenizers tokenizers = tokenizers()) {
      return train(
          plan.experiment().source(run.recipe().source()),
          configs(tokenizers).of(run, base),
          tokenizers);
    }
  }

  @Override
  public Optional<TrainedNetwork> finetune(Cell cell, Optional<Path> base)
      throws IOException, InterruptedException {
    boolean stored = cell.initialisation().origin() instanceof Origin.Stored;
    try (ReportTokenizers tokenizers =
        stored ? Checkpoint.read(base.orElseThrow()).tokenizers() : tokenizers()) {
      return train(
          plan.experiment().source(cell.target().source()),
          configs(tokenizers).of(cell, base),
          tokenizers);
    }
  }

  @Override
  public Optional<List<TestedStudy>> test(Cell cell, TrainedNetwork network)
      throws IOException, InterruptedException {
    Checkpoint checkpoint = Checkpoint.read(Path.of(network.directory()));
    ComputeDevice device = grounds.device().start(CheckpointConfig.of(checkpoint).threads());
    return new SplitJudge(plan.experiment(), grounds, device, this::stopRequested)
        .judge(cell, checkpoint);
  }

  private Optional<TrainedNetwork> train(
      Source source, RunConfig config, ReportTokenizers tokenizers)
      throws IOException, InterruptedException {
    KafkaConnection connection = grounds.to(source);
    LiveTraining shown = display.get();
    try (TrainingRun run =
        TrainingRun.open(
            new Surroundings(connection, store, grounds.device(), grounds.clock())
                .withOriginals(grounds.originals()),
            new RunRequest(config, tokenizers, new Beginning.GoOn()),
            shown)) {
      running = Optional.of(run);
      if (stopRequested) {
        run.requestStop();
      }
      RunSummary summary = run.run();
      if (summary.outcome() == Outcome.STOPPED) {
        return Optional.empty();
      }
    } finally {
      running = Optional.empty();
      shown.end();
    }
    return Optional.of(BestCheckpoint.of(store, config));
  }

  /** Where the tokenizer is still to be made, by the size that it may have. */
  private RunConfigs configs() throws IOException {
    Path file = plan.experiment().tokenizer().map(Path::of).orElse(sources.made().file());
    if (plan.experiment().tokenizer().isEmpty() && Files.notExists(file)) {
      int size = plan.experiment().vocabulary();
      return new RunConfigs(plan.experiment(), new RunConfigs.Vocabularies(size, size));
    }
    try (ReportTokenizers tokenizers = ReportTokenizers.load(file, sources.encoderTokenizer())) {
      return configs(tokenizers);
    }
  }

  private RunConfigs configs(ReportTokenizers tokenizers) {
    return new RunConfigs(
        plan.experiment(),
        new RunConfigs.Vocabularies(
            tokenizers.decoder().vocabulary().size(), tokenizers.encoder().vocabulary().size()));
  }

  private ReportTokenizers tokenizers() throws IOException, InterruptedException {
    return ReportTokenizers.load(sources.tokenizer(), sources.encoderTokenizer());
  }
}
