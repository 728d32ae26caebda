package io.radstream.serving.fleet;

import io.radstream.serving.score.ModelCalibration;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.Offer;
import io.radstream.serving.score.ScoringModel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The models that are loaded, each in its role. A request holds those that had a role when it
 * began, and keeps them to its end, whatever becomes of them meanwhile; a model without role is
 * closed when its last request ends. No request waits for a change, nor fails by one. Thread-safe.
 */
public final class ModelFleet implements Models, AutoCloseable {

  private final Executor closing;
  private final AtomicLong hotLoads = new AtomicLong();

  /** Written under the lock only; read without. */
  private volatile Crew<HeldModel> crew = Crew.nobody();

  /** Whoever is the last to leave a model closes it. */
  public ModelFleet() {
    this(Runnable::run);
  }

  /**
   * @param closing closes the models: to free the memory of a large one takes a while, and the last
   *     to leave it is often the thread that computes answers
   */
  public ModelFleet(Executor closing) {
    this.closing = closing;
  }

  @Override
  public Optional<Cast> cast() {
    for (Crew<HeldModel> now = crew; now.in(Role.LIVE).isPresent(); now = crew) {
      Optional<Cast> cast = HeldCast.of(now);
      if (cast.isPresent()) {
        return cast;
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Cast> cast(String name) {
    Crew<HeldModel> now = crew;
    return now.members().entrySet().stream()
        .filter(member -> isNamed(member.getKey(), member.getValue(), name))
        .map(Map.Entry::getValue)
        .findFirst()
        .flatMap(HeldModel::lease)
        .<Cast>map(NamedCast::new)
        // Closed meanwhile: there is another crew, which may have one of that name.
        .or(() -> crew.equals(now) ? Optional.empty() : cast(name));
  }

  private static boolean isNamed(Role role, HeldModel model, String name) {
    return name.equals(role.label()) || name.equals(model.identity().checkpointId());
  }

  @Override
  public List<String> names() {
    Crew<HeldModel> now = crew;
    return Stream.of(Role.values())
        .flatMap(
            role ->
                now.in(role).stream()
                    .map(model -> role.label() + " (" + model.identity().checkpointId() + ")"))
        .toList();
  }

  /**
   * Gives these models their roles, and nobody else any, in one step.
   *
   * @param models the fleet's from now on; those that had a role and have none now are closed
   * @param share of the studies that the canary answers for; 0 without one
   */
  public synchronized void arrange(Map<Role, ScoringModel> models, double share) {
    Map<Role, HeldModel> next = new EnumMap<>(Role.class);
    models.forEach((role, model) -> next.put(role, held(model)));
    become(new Crew<>(next, share));
  }

  private HeldModel held(ScoringModel model) {
    return crew.members().values().stream()
        .filter(member -> member.model() == model)
        .findFirst()
        .orElseGet(() -> new HeldModel(model, closing));
  }

  /** What can be asked of a checkpoint; empty where it is not loaded. */
  public Optional<Offer> offer(String checkpointId) {
    return member(checkpointId).map(member -> member.model().offer());
  }

  /** How a checkpoint's answers are read; empty where it is not loaded. */
  public Optional<ModelCalibration> calibration(String checkpointId) {
    return member(checkpointId).map(member -> member.model().calibration());
  }

  private Optional<HeldModel> member(String checkpointId) {
    return crew.members().values().stream()
        .filter(member -> member.identity().checkpointId().equals(checkpointId))
        .findFirst();
  }

  private void become(Crew<HeldModel> next) {
    Crew<HeldModel> before = crew;
    crew = next;
    if (!next.in(Role.LIVE).equals(before.in(Role.LIVE))) {
      hotLoads.incrementAndGet();
    }
    before.members().values().stream()
        .filter(member -> !next.has(member))
        .forEach(HeldModel::release);
  }

  /** A hold on the model in a role; empty where there is none. */
  public Optional<Models.Lease> hold(Role role) {
    Optional<HeldModel> member = crew.in(role);
    Optional<Models.Lease> lease = member.flatMap(HeldModel::lease);
    while (member.isPresent() && lease.isEmpty()) {
      // It has been closed meanwhile, so that another one has the role, or none.
      member = crew.in(role);
      lease = member.flatMap(HeldModel::lease);
    }
    return lease;
  }

  /** A hold on a model; empty where it has no role. */
  public Optional<Models.Lease> hold(ScoringModel model) {
    return crew.members().values().stream()
        .filter(member -> member.model() == model)
        .findFirst()
        .flatMap(HeldModel::lease);
  }

  /** Which checkpoint is live. */
  public Optional<ModelIdentity> live() {
    return crew.in(Role.LIVE).map(HeldModel::identity);
  }

  /** Which checkpoint has which role. */
  public Map<Role, ModelIdentity> roles() {
    Map<Role, ModelIdentity> roles = new EnumMap<>(Role.class);
    crew.members().forEach((role, member) -> roles.put(role, member.identity()));
    return roles;
  }

  /** How often a model became live, the first one included. */
  public long hotLoads() {
    return hotLoads.get();
  }

  /** Every model is closed as soon as no request holds it. */
  @Override
  public synchronized void close() {
    Crew<HeldModel> before = crew;
    crew = Crew.nobody();
    before.members().values().forEach(HeldModel::release);
  }
}
