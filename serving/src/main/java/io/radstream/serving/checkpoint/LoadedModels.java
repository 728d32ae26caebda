package io.radstream.serving.checkpoint;

import io.radstream.serving.decisions.Decision;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.decisions.ServingState;
import io.radstream.serving.fleet.CheckpointRef;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ScoringModel;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models in memory. Gives them the roles that the log of decisions has for their checkpoints,
 * as soon as both are there; until the checkpoint that ought to be live is loaded, the one that was
 * goes on. Never loads, and so never waits. Thread-safe.
 */
public final class LoadedModels implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LoadedModels.class);

  /** In this order they are loaded where several are missing. */
  private static final List<Role> BY_NEED =
      List.of(Role.LIVE, Role.CANARY, Role.SHADOW, Role.PREVIOUS, Role.CANDIDATE);

  private final ModelFleet fleet;
  private final CheckpointCatalog catalog;
  private final DecisionLog log;
  private final boolean keepsPrevious;
  private final InstantSource clock;
  private final CheckpointSpans spans;

  /** Those with a role are the fleet's, all others this object's to close. */
  private final Map<CheckpointRef, ScoringModel> models = new HashMap<>();

  private final Map<CheckpointRef, ScoringModel> inHand = new HashMap<>();

  private final KeptModels kept;
  private final Failures failures;
  private Optional<CheckpointRef> answering = Optional.empty();
  private boolean closed;

  /**
   * @param announcements by which it is known which checkpoint is the newest of its line
   * @param keepsPrevious whether the checkpoint before the live one stays loaded, so that to roll
   *     back is one swap
   */
  public LoadedModels(
      ModelFleet fleet,
      CheckpointCatalog catalog,
      Announcements announcements,
      DecisionLog log,
      boolean keepsPrevious,
      InstantSource clock,
      CheckpointSpans spans) {
    this.fleet = fleet;
    this.catalog = catalog;
    this.log = log;
    this.keepsPrevious = keepsPrevious;
    this.clock = clock;
    this.spans = spans;
    this.kept = new KeptModels(fleet);
    this.failures = new Failures(announcements, log, clock);
    log.observe(this::settle);
  }

  /** Gives every model that is loaded the role that its checkpoint has by now. */
  synchronized void settle() {
    if (closed) {
      return;
    }
    ServingState state = log.state();
    Map<Role, CheckpointRef> crew = available(state);
    Map<Role, ScoringModel> next = new EnumMap<>(Role.class);
    crew.forEach((role, checkpoint) -> next.put(role, model(checkpoint).orElseThrow()));
    fleet.arrange(next, next.containsKey(Role.CANARY) ? state.crew().share() : 0);
    crew.values()
        .forEach(
            checkpoint ->
                Optional.ofNullable(inHand.remove(checkpoint))
                    .ifPresent(
                        model -> {
                          models.put(checkpoint, model);
                          kept.hold(checkpoint, model);
                        }));
    models.keySet().retainAll(crew.values());
    catalog.settled(fleet.roles(), this::verdict, failures::waiting, clock.instant());
    tell(Optional.ofNullable(crew.get(Role.LIVE)));
  }

  private Map<Role, CheckpointRef> available(ServingState state) {
    Map<Role, CheckpointRef> crew = new EnumMap<>(Role.class);
    state
        .crew()
        .members()
        .forEach(
            (role, checkpoint) -> {
              if (isWanted(role) && has(checkpoint)) {
                crew.put(role, checkpoint);
              }
            });
    if (!crew.containsKey(Role.LIVE) && answering.filter(this::has).isPresent()) {
      crew.values().remove(answering.get());
      crew.put(Role.LIVE, answering.get());
    }
    return crew;
  }

  private boolean isWanted(Role role) {
    return keepsPrevious || role != Role.PREVIOUS;
  }

  private void tell(Optional<CheckpointRef> live) {
    if (live.isPresent() && !live.equals(answering)) {
      spans.begin("live", live.get().id()).end();
      LOG.atInfo()
          .addKeyValue("checkpoint", live.get().id())
          .addKeyValue("step", fleet.live().map(ModelIdentity::step).orElse(-1L))
          .log("checkpoint is live");
    }
    answering = live;
  }

  private Optional<Verdict> verdict(CheckpointRef checkpoint) {
    return failure(checkpoint)
        .filter(reason -> failures.waiting(checkpoint).isEmpty())
        .<Verdict>map(Verdict.Refuse::new)
        .or(() -> log.last(checkpoint).flatMap(Decision::judgement));
  }

  synchronized boolean has(CheckpointRef checkpoint) {
    return model(checkpoint).isPresent();
  }

  synchronized Optional<ScoringModel> model(CheckpointRef checkpoint) {
    return Optional.ofNullable(inHand.get(checkpoint))
        .or(() -> Optional.ofNullable(models.get(checkpoint)));
  }

  /** All of them, with a role or without. */
  synchronized Map<CheckpointRef, ScoringModel> loaded() {
    Map<CheckpointRef, ScoringModel> loaded = new HashMap<>(models);
    loaded.putAll(inHand);
    return loaded;
  }

  /** Keeps a model, whether it has a role or not, until it is {@link #dropped}. */
  synchronized void take(CheckpointRef checkpoint, ScoringModel model) {
    if (closed) {
      model.close();
      return;
    }
    failures.remove(checkpoint);
    inHand.put(checkpoint, model);
  }

  /** Has a loaded model stay open until it is {@link #dropped}, whatever becomes of its role. */
  synchronized Optional<ScoringModel> keep(CheckpointRef checkpoint) {
    Optional<ScoringModel> model = model(checkpoint);
    model.ifPresent(loaded -> kept.keep(checkpoint, loaded));
    return model;
  }

  /** A model that has got no role meanwhile is closed. */
  synchronized void dropped(CheckpointRef checkpoint) {
    kept.release(checkpoint);
    Optional.ofNullable(inHand.remove(checkpoint)).ifPresent(ScoringModel::close);
  }

  /** Has a loaded checkpoint answer in the place of the live one, which cannot be loaded. */
  synchronized void standIn(CheckpointRef checkpoint) {
    answering = Optional.of(checkpoint);
    settle();
  }

  /**
   * @param forNow whether the reason may pass, so that it is tried again after a while
   * @return whether this is news
   */
  boolean failed(CheckpointRef checkpoint, String reason, boolean forNow) {
    return failures.add(checkpoint, reason, forNow);
  }

  /** Why a checkpoint could not be loaded, where it is of no use to try again, or not yet. */
  Optional<String> failure(CheckpointRef checkpoint) {
    return failures.reason(checkpoint);
  }

  /** Whether a checkpoint that could not be loaded is to be looked at again now. */
  boolean isAnyDue() {
    return failures.isAnyDue();
  }

  /**
   * The checkpoint to load next, since it has a role.
   *
   * @param known whether it was announced; a decision may arrive before its checkpoint
   */
  synchronized Optional<CheckpointRef> missing(Predicate<CheckpointRef> known) {
    ServingState state = log.state();
    return BY_NEED.stream()
        .filter(this::isWanted)
        .flatMap(role -> state.crew().in(role).stream())
        .filter(checkpoint -> !has(checkpoint) && failure(checkpoint).isEmpty())
        .filter(known)
        .findFirst();
  }

  boolean isAnyLive() {
    return fleet.live().isPresent();
  }

  /** Those with a role stay the fleet's, which closes them. */
  @Override
  public synchronized void close() {
    closed = true;
    inHand.values().forEach(ScoringModel::close);
    inHand.clear();
    kept.releaseAll();
  }
}
