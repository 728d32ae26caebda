package io.radstream.serving.fleet;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who has which role at one moment; a model has one role at most.
 *
 * @param share of the studies that the canary answers for; 0 without one
 */
record Crew(Map<Role, HeldModel> members, double share) {

  static final Crew NOBODY = new Crew(Map.of(), 0);

  Crew {
    members = Map.copyOf(members);
  }

  Optional<HeldModel> in(Role role) {
    return Optional.ofNullable(members.get(role));
  }

  /** The model leaves what role it has. */
  Crew without(HeldModel model) {
    Map<Role, HeldModel> left = mutable();
    left.values().remove(model);
    return new Crew(left, left.containsKey(Role.CANARY) ? share : 0);
  }

  /** The model takes a role beside the live one. Whoever had it has none any more. */
  Crew onTrial(Role role, HeldModel model) {
    Map<Role, HeldModel> next = without(model).mutable();
    next.put(role, model);
    return new Crew(next, next.containsKey(Role.CANARY) ? share : 0);
  }

  Crew canary(double part, HeldModel model) {
    return new Crew(onTrial(Role.CANARY, model).members, part);
  }

  /**
   * The model becomes live, and no other is on trial any more. Where it is the live checkpoint,
   * loaded once more, the one before stays the one before.
   */
  Crew promote(HeldModel model, boolean keepsPrevious) {
    Map<Role, HeldModel> next = new EnumMap<>(Role.class);
    next.put(Role.LIVE, model);
    in(in(Role.LIVE).filter(model::isOfSameCheckpoint).isPresent() ? Role.PREVIOUS : Role.LIVE)
        .filter(before -> !before.equals(model))
        .filter(before -> keepsPrevious)
        .ifPresent(before -> next.put(Role.PREVIOUS, before));
    return new Crew(next, 0);
  }

  /** The one before the live one is live, if there is one. */
  Optional<Crew> rollBack() {
    return in(Role.PREVIOUS)
        .map(
            previous -> {
              Map<Role, HeldModel> next = without(previous).mutable();
              next.put(Role.LIVE, previous);
              return new Crew(next, share);
            });
  }

  boolean has(HeldModel model) {
    return members.containsValue(model);
  }

  private Map<Role, HeldModel> mutable() {
    Map<Role, HeldModel> copy = new EnumMap<>(Role.class);
    copy.putAll(members);
    return copy;
  }
}
