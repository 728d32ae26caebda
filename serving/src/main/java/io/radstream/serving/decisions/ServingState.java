package io.radstream.serving.decisions;

import io.radstream.schemas.DecisionAuthor;
import io.radstream.schemas.DecisionVerdict;
import io.radstream.serving.fleet.CheckpointRef;
import io.radstream.serving.fleet.Crew;
import io.radstream.serving.fleet.Role;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who ought to answer, as decisions have it.
 *
 * @param crew which checkpoints have roles
 * @param pinned whether policies may change nothing
 * @param held by hand: policies leave them alone
 * @param refused by hand, or taken back: no policy brings them back
 */
public record ServingState(
    Crew<CheckpointRef> crew, boolean pinned, Set<CheckpointRef> held, Set<CheckpointRef> refused) {

  static final ServingState BEGINNING = new ServingState(Crew.nobody(), false, Set.of(), Set.of());

  public ServingState {
    held = Set.copyOf(held);
    refused = Set.copyOf(refused);
  }

  public Optional<CheckpointRef> live() {
    return crew.in(Role.LIVE);
  }

  public Optional<CheckpointRef> previous() {
    return crew.in(Role.PREVIOUS);
  }

  /** Whether policies leave a checkpoint alone. */
  public boolean isSettledByHand(CheckpointRef checkpoint) {
    return held.contains(checkpoint) || refused.contains(checkpoint);
  }

  /** Why a decision has no effect here; empty where it has. */
  public Optional<Objection> objection(Decision decision) {
    if (decision.verdict() == DecisionVerdict.UNKNOWN) {
      return Optional.of(Objection.UNKNOWN_VERDICT);
    }
    return switch (decision.author()) {
      case UNKNOWN -> Optional.of(Objection.UNKNOWN_VERDICT);
      case FAULT -> Optional.of(Objection.FAULT_OF_ONE);
      case POLICY -> toPolicy(decision).or(() -> toVerdict(decision));
      case PERSON -> toVerdict(decision);
    };
  }

  private Optional<Objection> toPolicy(Decision decision) {
    if (pinned) {
      return Optional.of(Objection.PINNED);
    }
    if (decision.verdict() == DecisionVerdict.ROLLBACK) {
      return Optional.empty();
    }
    if (!decision.comparedWith().equals(live().map(CheckpointRef::id))) {
      return Optional.of(Objection.COMPARED_WITH_ANOTHER);
    }
    if (decision.checkpoint().filter(held::contains).isPresent()) {
      return Optional.of(Objection.HELD_BY_HAND);
    }
    return decision.checkpoint().filter(refused::contains).map(any -> Objection.REFUSED_BY_HAND);
  }

  private Optional<Objection> toVerdict(Decision decision) {
    boolean isLive = live().isPresent() && live().equals(decision.checkpoint());
    return Optional.ofNullable(
        switch (decision.verdict()) {
          case PROMOTE -> isLive ? Objection.ALREADY_LIVE : null;
          case PIN -> isLive && pinned ? Objection.ALREADY_PINNED : null;
          case UNPIN -> pinned ? null : Objection.NOT_PINNED;
          case ROLLBACK ->
              !isLive ? Objection.NOT_LIVE : previous().isEmpty() ? Objection.NO_PREVIOUS : null;
          case HOLD, CANARY, SHADOW, REFUSE -> isLive ? Objection.IS_LIVE : null;
          case UNKNOWN -> Objection.UNKNOWN_VERDICT;
        });
  }

  /** What follows from a decision to which there is no objection. */
  ServingState after(Decision decision) {
    return switch (decision.verdict()) {
      case UNPIN -> new ServingState(crew, false, held, refused);
      case UNKNOWN -> this;
      default -> after(decision, decision.checkpoint().orElseThrow());
    };
  }

  private ServingState after(Decision decision, CheckpointRef checkpoint) {
    ServingState before = decision.isBy(DecisionAuthor.PERSON) ? freed(checkpoint) : this;
    boolean byHand = decision.isBy(DecisionAuthor.PERSON);
    return switch (decision.verdict()) {
      case PROMOTE -> before.with(crew.promote(checkpoint, true));
      case PIN -> before.pinned(checkpoint);
      case CANARY -> before.with(crew.canary(decision.share().orElseThrow(), checkpoint));
      case SHADOW -> before.with(crew.onTrial(Role.SHADOW, checkpoint));
      case HOLD -> {
        ServingState next = before.with(crew.onTrial(Role.CANDIDATE, checkpoint));
        yield byHand ? next.held(checkpoint) : next;
      }
      case REFUSE -> {
        ServingState next = before.with(crew.without(checkpoint));
        yield byHand ? next.refused(checkpoint) : next;
      }
      case ROLLBACK -> before.with(crew.rollBack().orElseThrow()).refused(checkpoint);
      case UNPIN, UNKNOWN -> this;
    };
  }

  private ServingState with(Crew<CheckpointRef> next) {
    return new ServingState(next, pinned, held, refused);
  }

  private ServingState pinned(CheckpointRef checkpoint) {
    boolean isLive = live().filter(checkpoint::equals).isPresent();
    return new ServingState(isLive ? crew : crew.promote(checkpoint, true), true, held, refused);
  }

  /** What a person decides now takes the place of what was decided by hand before. */
  private ServingState freed(CheckpointRef checkpoint) {
    return new ServingState(crew, pinned, without(held, checkpoint), without(refused, checkpoint));
  }

  private ServingState held(CheckpointRef checkpoint) {
    return new ServingState(crew, pinned, with(held, checkpoint), refused);
  }

  private ServingState refused(CheckpointRef checkpoint) {
    return new ServingState(crew, pinned, held, with(refused, checkpoint));
  }

  private static Set<CheckpointRef> with(Set<CheckpointRef> set, CheckpointRef added) {
    Set<CheckpointRef> next = new HashSet<>(set);
    next.add(added);
    return next;
  }

  private static Set<CheckpointRef> without(Set<CheckpointRef> set, CheckpointRef left) {
    Set<CheckpointRef> next = new HashSet<>(set);
    next.remove(left);
    return next;
  }
}
