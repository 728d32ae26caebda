package io.radstream.serving.fleet;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who has which role at one moment; a model has one role at most. Members are models that are
 * loaded, or the checkpoints that ought to be.
 *
 * @param share of the studies that the canary answers for; 0 without one
 */
public record Crew<M extends Crew.Member<M>>(Map<Role, M> members, double share) {

  /** Who can have a role. */
  public interface Member<M> {

    /** Whether both go by the same id, as where a line was begun anew. */
    boolean isOfSameCheckpoint(M other);
  }

  public Crew {
    members = Map.copyOf(members);
  }

  public static <M extends Member<M>> Crew<M> nobody() {
    return new Crew<M>(Map.of(), 0);
  }

  public Optional<M> in(Role role) {
    return Optional.ofNullable(members.get(role));
  }

  /** The model leaves what role it has. */
  public Crew<M> without(M model) {
    Map<Role, M> left = mutable();
    left.values().remove(model);
    return new Crew<>(left, left.containsKey(Role.CANARY) ? share : 0);
  }

  /** The model takes a role beside the live one. Whoever had it has none any more. */
  public Crew<M> onTrial(Role role, M model) {
    Map<Role, M> next = without(model).mutable();
    next.put(role, model);
    return new Crew<>(next, next.containsKey(Role.CANARY) ? share : 0);
  }

  public Crew<M> canary(double part, M model) {
    return new Crew<>(onTrial(Role.CANARY, model).members, part);
  }

  /**
   * The model becomes live, and no other is on trial any more. Where it is the live checkpoint,
   * loaded once more, the one before stays the one before.
   */
  public Crew<M> promote(M model, boolean keepsPrevious) {
    Map<Role, M> next = new EnumMap<>(Role.class);
    next.put(Role.LIVE, model);
    in(in(Role.LIVE).filter(model::isOfSameCheckpoint).isPresent() ? Role.PREVIOUS : Role.LIVE)
        .filter(before -> !before.equals(model))
        .filter(before -> keepsPrevious)
        .ifPresent(before -> next.put(Role.PREVIOUS, before));
    return new Crew<>(next, 0);
  }

  /** The one before the live one is live, if there is one. */
  public Optional<Crew<M>> rollBack() {
    return in(Role.PREVIOUS)
        .map(
            previous -> {
              Map<Role, M> next = without(previous).mutable();
              next.put(Role.LIVE, previous);
              return new Crew<>(next, share);
            });
  }

  public boolean has(M model) {
    return members.containsValue(model);
  }

  private Map<Role, M> mutable() {
    Map<Role, M> copy = new EnumMap<>(Role.class);
    copy.putAll(members);
    return copy;
  }
}
