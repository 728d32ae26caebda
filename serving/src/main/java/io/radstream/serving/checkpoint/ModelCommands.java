package io.radstream.serving.checkpoint;

import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.DecisionVerdict;
import io.radstream.serving.decisions.Decision;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.decisions.DecisionMaker;
import io.radstream.serving.decisions.Objection;
import io.radstream.serving.decisions.ServingState;
import io.radstream.serving.fleet.CheckpointRef;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.fleet.Verdict;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people ask for: checked against how things stand, loaded if need be, recorded, and carried
 * out when the record is read back. What cannot be recorded is not done. Thread-safe.
 */
public final class ModelCommands {

  /**
   * What a person asks for.
   *
   * @param checkpointId empty where the verdict names none: unpin, and roll back unless it is for
   *     one checkpoint only
   * @param share for a canary
   * @param person who asks
   */
  public record Command(
      DecisionVerdict verdict,
      Optional<String> checkpointId,
      Optional<Double> share,
      String reason,
      String person) {}

  private static final Logger LOG = LoggerFactory.getLogger(ModelCommands.class);

  private static final Set<DecisionVerdict> NEED_THE_MODEL =
      EnumSet.of(
          DecisionVerdict.PROMOTE,
          DecisionVerdict.PIN,
          DecisionVerdict.HOLD,
          DecisionVerdict.CANARY,
          DecisionVerdict.SHADOW);

  /** Under which name the watch over failing checkpoints decides. */
  private static final String WATCH = "watch";

  private static final Set<Objection> IS_SO_ALREADY =
      EnumSet.of(Objection.ALREADY_LIVE, Objection.ALREADY_PINNED);

  private final Announcements announcements;
  private final LoadedModels models;
  private final FleetKeeper keeper;
  private final DecisionLog log;
  private final DecisionMaker maker;

  public ModelCommands(
      Announcements announcements,
      LoadedModels models,
      FleetKeeper keeper,
      DecisionLog log,
      DecisionMaker maker) {
    this.announcements = announcements;
    this.models = models;
    this.keeper = keeper;
    this.log = log;
    this.maker = maker;
  }

  /**
   * @return ends when it is done, or cannot be; a checkpoint that is not loaded is loaded first,
   *     which may take minutes
   * @throws IllegalArgumentException where a canary has no share, or one that is out of range
   */
  public CompletableFuture<CommandOutcome> carryOut(Command command) {
    if (!log.isRead()) {
      return ended(
          new CommandOutcome.Unrecorded(
              "nothing was changed: what was decided before has not been read yet"));
    }
    ServingState state = log.state();
    Optional<CheckpointRef> target = target(command, state);
    if (command.checkpointId().isPresent() && target.isEmpty()) {
      return ended(new CommandOutcome.NoSuchCheckpoint(command.checkpointId().get()));
    }
    if (command.verdict() == DecisionVerdict.ROLLBACK && target.isEmpty()) {
      return ended(new CommandOutcome.Overruled(Objection.NO_PREVIOUS));
    }
    return carryOut(
        maker.byHand(
            command.verdict(), target, command.share(), command.reason(), command.person()),
        state);
  }

  /**
   * Takes back a checkpoint that fails too often: the live one by going back to the one before,
   * another one by refusing it. Where that cannot be recorded, it is done by this instance alone.
   *
   * @return what became of it, within seconds; overruled where the checkpoint is not live any more,
   *     or there is none to go back to
   */
  public CompletableFuture<CommandOutcome> takeBack(String checkpointId, Verdict verdict) {
    Optional<CheckpointPublished> failing =
        announcements.newest(checkpointId).flatMap(announcements::find);
    if (failing.isEmpty()) {
      return ended(new CommandOutcome.NoSuchCheckpoint(checkpointId));
    }
    Decision decision = takenBack(failing.get(), verdict);
    return log.write(decision)
        .handle(
            (entry, failure) -> {
              if (failure != null) {
                LOG.warn("a checkpoint is taken back without a record: {}", verdict.reason());
                log.carryOutHere(decision);
                return new CommandOutcome.Done(decision);
              }
              return outcome(entry);
            });
  }

  private Decision takenBack(CheckpointPublished failing, Verdict verdict) {
    return verdict instanceof Verdict.RollBack
        ? maker.takenBack(WATCH, Announcements.ref(failing), verdict.reason(), verdict.figures())
        : maker.judged(
            WATCH, KnownCheckpoint.of(failing), verdict, log.state().live().map(CheckpointRef::id));
  }

  private Optional<CheckpointRef> target(Command command, ServingState state) {
    return command.verdict() == DecisionVerdict.ROLLBACK && command.checkpointId().isEmpty()
        ? state.live()
        : command.checkpointId().flatMap(announcements::newest);
  }

  private CompletableFuture<CommandOutcome> carryOut(Decision decision, ServingState state) {
    Optional<Objection> objection = state.objection(decision);
    Optional<CheckpointRef> missing =
        needed(decision, state).filter(checkpoint -> !models.has(checkpoint));
    if (objection.isEmpty()) {
      return missing.isPresent() ? loaded(missing.get(), () -> record(decision)) : record(decision);
    }
    return missing.isPresent() && IS_SO_ALREADY.contains(objection.get())
        ? loaded(missing.get(), () -> ended(new CommandOutcome.Done(decision)))
        : ended(new CommandOutcome.Overruled(objection.get()));
  }

  private CompletableFuture<CommandOutcome> loaded(
      CheckpointRef checkpoint, Supplier<CompletableFuture<CommandOutcome>> then) {
    return keeper
        .loadFor(checkpoint)
        .thenCompose(
            failure ->
                failure.isPresent()
                    ? ended(new CommandOutcome.NotLoadable(checkpoint.id(), failure.get()))
                    : then.get())
        .whenComplete((outcome, failure) -> keeper.release(checkpoint));
  }

  /** The model without which it would be of no use. */
  private static Optional<CheckpointRef> needed(Decision decision, ServingState state) {
    if (decision.verdict() == DecisionVerdict.ROLLBACK) {
      return state.previous();
    }
    return NEED_THE_MODEL.contains(decision.verdict()) ? decision.checkpoint() : Optional.empty();
  }

  private CompletableFuture<CommandOutcome> record(Decision decision) {
    return log.write(decision)
        .handle(
            (entry, failure) ->
                failure == null
                    ? outcome(entry)
                    : new CommandOutcome.Unrecorded(
                        "it is not known whether it was recorded: the topic models.decisions did not"
                            + " confirm it ("
                            + reason(failure)
                            + "); look at /v1/models/decisions before you ask again"));
  }

  /** In words: it is read by who decides, on the page, too. */
  private static String reason(Throwable failure) {
    boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
    String message = (wrapped ? failure.getCause() : failure).getMessage();
    return message == null ? "no answer came in time" : message;
  }

  private static CommandOutcome outcome(DecisionLog.Entry entry) {
    entry
        .objection()
        .ifPresentOrElse(
            objection -> LOG.info("a decision had no effect: {}", objection.text()),
            () ->
                LOG.atInfo()
                    .addKeyValue("checkpoint", name(entry.decision()))
                    .addKeyValue("verdict", entry.decision().verdict())
                    .addKeyValue("by", entry.decision().decidedBy())
                    .log("decided"));
    return entry
        .objection()
        .<CommandOutcome>map(CommandOutcome.Overruled::new)
        .orElseGet(() -> new CommandOutcome.Done(entry.decision()));
  }

  private static String name(Decision decision) {
    return decision.checkpoint().map(CheckpointRef::id).orElse("none");
  }

  private static CompletableFuture<CommandOutcome> ended(CommandOutcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}
