package io.radstream.cli.demo;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.ledger.LedgerEntry;
import io.radstream.trainer.ledger.LedgerReader;
import io.radstream.trainer.replay.Replay;
import io.radstream.trainer.replay.ReplayListener;
import io.radstream.trainer.replay.ReplayRequest;
import io.radstream.trainer.replay.ReplaySummary;
import io.radstream.trainer.run.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

/**
 * Shows what the ledger is for: a line of its own whose trainer is killed in the middle and started
 * again, and then all its steps once more, from the topics alone.
 */
public final class KillCheck {

  /**
   * What came of it.
   *
   * @param runId of the run that the line has
   * @param ledgerSteps that it has on the ledger
   * @param kills of its trainer, by SIGKILL
   * @param replayIdentical whether each step is there once, and all of them, taken again, gave the
   *     same bits and the weights of the last checkpoint
   * @param weightsSha256 of the last checkpoint's weights
   */
  public record Outcome(
      String runId, long ledgerSteps, int kills, boolean replayIdentical, String weightsSha256) {}

  private static final int TAIL_LINES = 10;

  /** Each reads the ledger, on the cores that the trainer needs. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private final String program;
  private final KafkaConnection connection;
  private final Path directory;
  private final DeviceChoice device;
  private final Clock clock;
  private final LedgerReader ledger;
  private final KillPlan plan;
  private final BooleanSupplier stopped;
  private Optional<LedgerEntry> opening = Optional.empty();

  /**
   * @param program main class of the command
   * @param directory that holds tokenizer.json, and will hold the line
   * @param stopped whether nobody wants to know any more
   */
  public KillCheck(
      String program,
      KafkaConnection connection,
      Path directory,
      DeviceChoice device,
      KillPlan plan,
      Clock clock,
      BooleanSupplier stopped) {
    this.plan = plan;
    this.program = program;
    this.connection = connection;
    this.directory = directory;
    this.device = device;
    this.clock = clock;
    this.stopped = stopped;
    this.ledger = new LedgerReader(KafkaClients.of(connection), connection);
  }

  /**
   * @param listener of the steps that are taken again
   * @return empty where it was stopped before its end
   * @throws IOException where the trainer fails by itself
   */
  public Optional<Outcome> run(ReplayListener listener) throws IOException, InterruptedException {
    for (long step : plan.killedAt()) {
      if (stops(() -> steps().size() >= step, false)) {
        return Optional.empty();
      }
    }
    return stops(() -> false, true) ? Optional.empty() : Optional.of(outcome(listener));
  }

  /**
   * Has a trainer run until a moment, and kills it then.
   *
   * @param ends whether it may end before that, its work done
   * @return whether nobody wants to know any more
   */
  private boolean stops(BooleanSupplier moment, boolean ends)
      throws IOException, InterruptedException {
    try (TrainerProcess trainer = train()) {
      boolean reached =
          trainer.reaches(() -> stopped.getAsBoolean() || moment.getAsBoolean(), LOOK);
      if (!reached && !stopped.getAsBoolean() && !(ends && trainer.exitCode() == 0)) {
        throw ended(trainer);
      }
      trainer.kill();
    }
    return stopped.getAsBoolean();
  }

  private Outcome outcome(ReplayListener listener) throws IOException, InterruptedException {
    Checkpoint last = new CheckpointStore(store()).load(plan.line(), plan.steps());
    String weights = last.state().files().get(Checkpoint.MODEL);
    String runId = last.state().runId();
    ReplaySummary replay = replay(runId, listener);
    List<Long> steps = steps();
    return new Outcome(
        runId,
        steps.size(),
        plan.killedAt().size(),
        steps.equals(LongStream.rangeClosed(1, plan.steps()).boxed().toList())
            && replay.identical()
            && replay.steps() == plan.steps()
            && replay.weightsDigest().equals(weights),
        weights);
  }

  private static IOException ended(TrainerProcess trainer)
      throws IOException, InterruptedException {
    List<String> said = trainer.said().lines().toList();
    return new IOException(
        "the trainer ended with exit code %d; it said:%n%s"
            .formatted(
                trainer.exitCode(),
                String.join(
                    "\n", said.subList(Math.max(0, said.size() - TAIL_LINES), said.size()))));
  }

  private ReplaySummary replay(String runId, ReplayListener listener)
      throws IOException, InterruptedException {
    ReplayRequest request =
        new ReplayRequest(runId, Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    return new Replay(
            new Surroundings(connection, new CheckpointStore(store()), device, clock),
            request,
            listener)
        .run();
  }

  /** The line has one run: a process that goes on after a kill goes on with it. */
  private List<Long> steps() {
    opening =
        opening.or(
            () -> ledger.newestRun(record -> record.getOpening().getLine().equals(plan.line())));
    return opening
        .map(begin -> ledger.from(begin.position(), begin.record().getRunId()))
        .orElse(List.of())
        .stream()
        .filter(entry -> !entry.isOpening())
        .map(LedgerEntry::record)
        .map(record -> record.getStep())
        .toList();
  }

  private TrainerProcess train() throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--bootstrap=" + connection.bootstrap(),
                "--registry=" + connection.registry(),
                "--topic-prefix=" + connection.topics().prefix(),
                "--tokenizer=" + directory.resolve("tokenizer.json"),
                "--store=" + store(),
                "--line=" + plan.line(),
                "--device=" + device,
                "--steps=" + plan.steps()));
    arguments.addAll(plan.options());
    return TrainerProcess.start(
        TrainerProcess.command(program, plan.jvm(), arguments), directory.resolve("killed.log"));
  }

  private Path store() {
    return directory.resolve("killed");
  }
}
