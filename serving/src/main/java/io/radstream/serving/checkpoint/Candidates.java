package io.radstream.serving.checkpoint;

import io.radstream.schemas.CheckpointPublished;
import io.radstream.serving.checkpoint.CheckpointJudge.Judged;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.decisions.DecisionMaker;
import io.radstream.serving.decisions.ServingState;
import io.radstream.serving.fleet.CheckpointRef;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.ScoringModel;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings announced checkpoints before the policy, one at a time, and has its verdict recorded. */
final class Candidates {

  private static final Logger LOG = LoggerFactory.getLogger(Candidates.class);

  /** Older announcements than this many are not tried. */
  private static final int MOST = 100;

  /** A trial that waits until a checkpoint was found to be live beside it. */
  private record Trial(CheckpointPublished announced, Verdict verdict) {}

  private final Announcements announcements;
  private final CheckpointJudge judge;
  private final LoadedModels models;
  private final DecisionRecorder recorder;
  private final DecisionMaker maker;
  private final DecisionLog log;
  private final ServingPolicy policy;
  private Optional<Trial> waiting = Optional.empty();

  Candidates(
      Announcements announcements,
      CheckpointJudge judge,
      LoadedModels models,
      DecisionRecorder recorder,
      DecisionMaker maker) {
    this.announcements = announcements;
    this.judge = judge;
    this.models = models;
    this.recorder = recorder;
    this.maker = maker;
    this.log = recorder.log();
    this.policy = judge.policy();
  }

  /**
   * @return false where there is none to be judged
   */
  boolean judgeNext() {
    ServingState state = log.state();
    if (state.pinned()) {
      return false;
    }
    Optional<CheckpointPublished> next = next(state);
    next.ifPresent(announced -> judge(announced, state));
    return next.isPresent() || recordTrial(state);
  }

  private Optional<CheckpointPublished> next(ServingState state) {
    Map<Role, KnownCheckpoint> crew = crew(state);
    return usable(state)
        .filter(known -> !log.hasJudged(policy.name(), known.ref()))
        .filter(known -> !state.live().equals(Optional.of(known.ref())))
        .filter(known -> !isWaiting(known.ref()))
        .filter(known -> policy.considers(known, crew))
        .min(byPreference())
        .flatMap(known -> announcements.find(known.ref()));
  }

  /** The one that is to answer where the live one cannot be loaded. */
  Optional<CheckpointRef> nextBest(ServingState state) {
    return state
        .previous()
        .filter(previous -> announcements.has(previous) && models.failure(previous).isEmpty())
        .or(() -> usable(state).min(byPreference()).map(KnownCheckpoint::ref));
  }

  private Stream<KnownCheckpoint> usable(ServingState state) {
    return announcements.newest(MOST).stream()
        .map(judge::known)
        .filter(known -> !state.isSettledByHand(known.ref()))
        .filter(known -> models.failure(known.ref()).isEmpty());
  }

  private Comparator<KnownCheckpoint> byPreference() {
    return policy.order();
  }

  private boolean isWaiting(CheckpointRef checkpoint) {
    return waiting
        .filter(trial -> Announcements.ref(trial.announced()).equals(checkpoint))
        .isPresent();
  }

  private Map<Role, KnownCheckpoint> crew(ServingState state) {
    Map<Role, KnownCheckpoint> crew = new EnumMap<>(Role.class);
    state
        .crew()
        .members()
        .forEach(
            (role, checkpoint) ->
                announcements
                    .find(checkpoint)
                    .ifPresent(announced -> crew.put(role, judge.known(announced))));
    return crew;
  }

  private void judge(CheckpointPublished announced, ServingState state) {
    CheckpointRef checkpoint = Announcements.ref(announced);
    Optional<Verdict> plain = judge.unloaded(announced);
    if (plain.isPresent()) {
      record(announced, plain.get(), state);
      return;
    }
    Optional<ScoringModel> loaded = models.keep(checkpoint);
    Judged judged =
        loaded.isPresent() ? judge.judge(announced, loaded.get()) : judge.judge(announced);
    if (judged.model().isEmpty()) {
      failed(checkpoint, judged.verdict().reason(), judged.forNow());
      return;
    }
    if (loaded.isEmpty()) {
      models.take(checkpoint, judged.model().get());
    }
    if (isTrial(judged.verdict()) && state.live().isEmpty() && waiting.isEmpty()) {
      waiting = Optional.of(new Trial(announced, judged.verdict()));
      return;
    }
    record(announced, judged.verdict(), state);
    models.dropped(checkpoint);
  }

  /**
   * Notes that a checkpoint could not be loaded, and tells of it once.
   *
   * @param forNow whether the reason may pass
   */
  void failed(CheckpointRef checkpoint, String reason, boolean forNow) {
    if (models.failed(checkpoint, reason, forNow)) {
      judge.unfit(checkpoint.id(), (forNow ? "waits for its files: " : "refused: ") + reason);
      recorder.note(maker.fault(checkpoint, reason));
    }
  }

  private static boolean isTrial(Verdict verdict) {
    return verdict instanceof Verdict.Canary || verdict instanceof Verdict.Shadow;
  }

  private boolean recordTrial(ServingState state) {
    Optional<Trial> trial = waiting;
    waiting = Optional.empty();
    trial.ifPresent(
        ready -> {
          record(ready.announced(), ready.verdict(), state);
          models.dropped(Announcements.ref(ready.announced()));
        });
    return trial.isPresent();
  }

  /**
   * @param comparedWith the state that the policy has judged by
   */
  private void record(CheckpointPublished announced, Verdict verdict, ServingState comparedWith) {
    KnownCheckpoint checkpoint = judge.known(announced);
    Optional<String> live = comparedWith.live().map(CheckpointRef::id);
    Verdict own = verdict;
    if (verdict instanceof Verdict.RollBack) {
      own = rollBack(verdict.reason(), comparedWith);
      live = log.state().live().map(CheckpointRef::id);
    }
    recorder.record(maker.judged(policy.name(), checkpoint, own, live));
    tell(checkpoint, own);
  }

  /** Takes the live one back; what becomes of the one that was judged is to wait. */
  private Verdict rollBack(String reason, ServingState state) {
    if (state.live().isEmpty() || state.previous().isEmpty()) {
      return new Verdict.Hold("no earlier checkpoint is there to roll back to; " + reason);
    }
    recorder.record(maker.takenBack(policy.name(), state.live().get(), reason, Map.of()));
    return new Verdict.Hold(reason);
  }

  private void tell(KnownCheckpoint checkpoint, Verdict verdict) {
    if (verdict instanceof Verdict.Refuse) {
      judge.unfit(checkpoint.id(), "refused: " + verdict.reason());
    } else if (!(verdict instanceof Verdict.Promote)) {
      LOG.atInfo()
          .addKeyValue("checkpoint", checkpoint.id())
          .addKeyValue("verdict", verdict.name())
          .log("checkpoint is not live: {}", verdict.reason());
    }
  }
}
