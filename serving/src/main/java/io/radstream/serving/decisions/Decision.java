package io.radstream.serving.decisions;

import io.radstream.schemas.DecisionAuthor;
import io.radstream.schemas.DecisionVerdict;
import io.radstream.schemas.ModelDecision;
import io.radstream.serving.fleet.CheckpointRef;
import io.radstream.serving.fleet.Verdict;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What someone wants to become of a checkpoint.
 *
 * @param id that no other decision has
 * @param checkpoint empty only where the verdict is about none
 * @param line model line of the checkpoint
 * @param share of the studies that a canary answers for, above 0 and at most 1; else empty
 * @param reason for people; holds no patient data
 * @param figures what it was judged by
 * @param decidedBy a policy's name, or a person's
 * @param comparedWith id of the checkpoint that was live when a policy judged
 * @param instance that wrote it
 */
public record Decision(
    String id,
    DecisionVerdict verdict,
    Optional<CheckpointRef> checkpoint,
    Optional<String> line,
    Optional<Double> share,
    String reason,
    Map<String, Double> figures,
    DecisionAuthor author,
    String decidedBy,
    Optional<String> comparedWith,
    String instance,
    Instant time) {

  private static final Set<DecisionVerdict> ABOUT_NONE =
      EnumSet.of(DecisionVerdict.UNPIN, DecisionVerdict.UNKNOWN);

  /**
   * @throws IllegalArgumentException where the checkpoint or a canary's share is missing, or the
   *     share is out of range
   */
  public Decision {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(reason, "reason");
    figures = Map.copyOf(figures);
    if (checkpoint.isEmpty() && !ABOUT_NONE.contains(verdict)) {
      throw new IllegalArgumentException("a decision to %s names a checkpoint".formatted(verdict));
    }
    if (verdict == DecisionVerdict.CANARY && !(share.orElse(0.0) > 0 && share.orElse(0.0) <= 1)) {
      throw new IllegalArgumentException("a canary's share is above 0 and at most 1");
    }
  }

  /**
   * @throws IllegalArgumentException where the record says what cannot be done
   */
  static Decision of(ModelDecision written) {
    return new Decision(
        written.getDecisionId(),
        written.getVerdict(),
        Optional.ofNullable(written.getCheckpointId())
            .map(id -> new CheckpointRef(id, Objects.requireNonNullElse(written.getRunId(), ""))),
        Optional.ofNullable(written.getLine()),
        Optional.ofNullable(written.getShare()),
        written.getReason(),
        written.getFigures(),
        written.getAuthor(),
        written.getDecidedBy(),
        Optional.ofNullable(written.getComparedWith()),
        written.getInstance(),
        written.getTime());
  }

  /** What it makes of its checkpoint, in the words of policies. */
  public Optional<Verdict> judgement() {
    return Optional.ofNullable(
        switch (verdict) {
          case PROMOTE, PIN -> new Verdict.Promote(reason, figures);
          case HOLD -> new Verdict.Hold(reason, figures);
          case CANARY -> new Verdict.Canary(share.orElseThrow(), reason);
          case SHADOW -> new Verdict.Shadow(reason);
          case REFUSE -> new Verdict.Refuse(reason, figures);
          case ROLLBACK -> new Verdict.RollBack(reason, figures);
          case UNPIN, UNKNOWN -> null;
        });
  }

  ModelDecision record(String service) {
    return ModelDecision.newBuilder()
        .setService(service)
        .setDecisionId(id)
        .setVerdict(verdict)
        .setCheckpointId(checkpoint.map(CheckpointRef::id).orElse(null))
        .setRunId(checkpoint.map(CheckpointRef::runId).orElse(null))
        .setLine(line.orElse(null))
        .setShare(share.orElse(null))
        .setReason(reason)
        .setFigures(figures)
        .setAuthor(author)
        .setDecidedBy(decidedBy)
        .setComparedWith(comparedWith.orElse(null))
        .setInstance(instance)
        .setTime(time)
        .build();
  }

  boolean isBy(DecisionAuthor other) {
    return author == other;
  }
}
