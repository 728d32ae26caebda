package io.radstream.serving.fleet;

import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.ScoringModel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A fleet that is given its roles by verdicts alone, without a log of decisions. Thread-safe. */
public final class JudgedFleet implements Models, AutoCloseable {

  private record Loaded(ScoringModel model) implements Crew.Member<Loaded> {

    @Override
    public boolean isOfSameCheckpoint(Loaded other) {
      return id().equals(other.id());
    }

    private String id() {
      return model.identity().checkpointId();
    }
  }

  private final ModelFleet fleet = new ModelFleet();
  private final boolean keepsPrevious;
  private double share;

  /**
   * @param keepsPrevious whether a model that another takes the place of stays loaded
   */
  public JudgedFleet(boolean keepsPrevious) {
    this.keepsPrevious = keepsPrevious;
  }

  /** The fleet itself. */
  public ModelFleet models() {
    return fleet;
  }

  /**
   * Does with a model that was just loaded as it was judged.
   *
   * @param model the fleet's from now on; closed where it gets no role
   * @return what was done: {@link Verdict.Hold} where there is none to roll back to, else as given
   */
  public synchronized Verdict carryOut(ScoringModel model, Verdict verdict) {
    Loaded loaded = new Loaded(model);
    Verdict done = carryOut(loaded, verdict);
    if (!crew().has(loaded)) {
      model.close();
    }
    return done;
  }

  /** The same with a model that is loaded. */
  public synchronized Verdict carryOut(String checkpointId, Verdict verdict) {
    return carryOut(
        crew().members().values().stream()
            .filter(member -> member.id().equals(checkpointId))
            .findFirst()
            .orElseThrow(),
        verdict);
  }

  private Verdict carryOut(Loaded model, Verdict verdict) {
    Crew<Loaded> crew = crew();
    if (verdict instanceof Verdict.Promote) {
      become(crew.promote(model, keepsPrevious));
    } else if (verdict instanceof Verdict.Canary canary) {
      become(crew.canary(canary.share(), model));
    } else if (verdict instanceof Verdict.Shadow) {
      become(crew.onTrial(Role.SHADOW, model));
    } else if (verdict instanceof Verdict.Refuse) {
      become(crew.without(model));
    } else if (verdict instanceof Verdict.RollBack asked) {
      return rollBack(crew, model, asked);
    } else {
      become(crew.onTrial(Role.CANDIDATE, model));
    }
    return verdict;
  }

  private Verdict rollBack(Crew<Loaded> crew, Loaded judged, Verdict.RollBack asked) {
    Optional<Crew<Loaded>> back = crew.rollBack();
    Crew<Loaded> next = back.orElse(crew);
    boolean isOrWasLive =
        crew.in(Role.LIVE).filter(judged::equals).isPresent()
            || next.in(Role.LIVE).filter(judged::equals).isPresent();
    become(isOrWasLive ? next : next.onTrial(Role.CANDIDATE, judged));
    return back.isPresent() ? asked : new Verdict.Hold(asked.reason());
  }

  private Crew<Loaded> crew() {
    Map<Role, Loaded> members = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      fleet
          .hold(role)
          .ifPresent(
              lease -> {
                members.put(role, new Loaded(lease.model()));
                lease.close();
              });
    }
    return new Crew<>(members, members.containsKey(Role.CANARY) ? share : 0);
  }

  private void become(Crew<Loaded> next) {
    share = next.share();
    Map<Role, ScoringModel> models = new EnumMap<>(Role.class);
    next.members().forEach((role, member) -> models.put(role, member.model()));
    fleet.arrange(models, share);
  }

  @Override
  public Optional<Cast> cast() {
    return fleet.cast();
  }

  @Override
  public Optional<Cast> cast(String name) {
    return fleet.cast(name);
  }

  @Override
  public List<String> names() {
    return fleet.names();
  }

  public Optional<ModelIdentity> live() {
    return fleet.live();
  }

  public Map<Role, ModelIdentity> roles() {
    return fleet.roles();
  }

  public long hotLoads() {
    return fleet.hotLoads();
  }

  @Override
  public void close() {
    fleet.close();
  }
}
