package io.radstream.serving.decisions;

import io.radstream.schemas.DecisionAuthor;
import io.radstream.schemas.DecisionVerdict;
import io.radstream.serving.fleet.CheckpointRef;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The state that follows from decisions in their order, a function of nothing else. Of what a
 * policy says about a checkpoint the first counts. Decisions come on one thread at a time; what was
 * said about a checkpoint may be asked on any.
 */
final class DecisionFold {

  /** The policy has to look again after these, since it judged by what was not so any more. */
  private static final Set<Objection> LOOKS_AGAIN =
      EnumSet.of(Objection.PINNED, Objection.COMPARED_WITH_ANOTHER);

  private record Judged(String policy, CheckpointRef checkpoint) {}

  private final Set<Judged> judged = ConcurrentHashMap.newKeySet();
  private final Map<CheckpointRef, Decision> last = new ConcurrentHashMap<>();
  private ServingState state = ServingState.BEGINNING;

  /** Takes the next decision, and says why it has no effect, if so. */
  Optional<Objection> add(Decision decision) {
    Optional<Objection> objection = objection(decision);
    if (isJudgement(decision) && objection.filter(LOOKS_AGAIN::contains).isEmpty()) {
      judged.add(judged(decision));
    }
    if (objection.isEmpty()) {
      state = state.after(decision);
      decision.checkpoint().ifPresent(checkpoint -> last.put(checkpoint, decision));
    }
    return objection;
  }

  private Optional<Objection> objection(Decision decision) {
    return isJudgement(decision) && judged.contains(judged(decision))
        ? Optional.of(Objection.JUDGED_BEFORE)
        : state.objection(decision);
  }

  /** To roll back is about the live one, which the policy has judged before. */
  private static boolean isJudgement(Decision decision) {
    return decision.isBy(DecisionAuthor.POLICY)
        && decision.checkpoint().isPresent()
        && decision.verdict() != DecisionVerdict.ROLLBACK;
  }

  private static Judged judged(Decision decision) {
    return new Judged(decision.decidedBy(), decision.checkpoint().orElseThrow());
  }

  boolean hasJudged(String policy, CheckpointRef checkpoint) {
    return judged.contains(new Judged(policy, checkpoint));
  }

  /** The last decision about a checkpoint that had an effect. */
  Optional<Decision> last(CheckpointRef checkpoint) {
    return Optional.ofNullable(last.get(checkpoint));
  }

  ServingState state() {
    return state;
  }
}
