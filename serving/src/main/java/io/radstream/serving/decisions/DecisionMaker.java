package io.radstream.serving.decisions;

import io.radstream.schemas.DecisionAuthor;
import io.radstream.schemas.DecisionVerdict;
import io.radstream.serving.fleet.CheckpointRef;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.fleet.Verdict;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Words decisions for one instance of a service. Thread-safe. */
public final class DecisionMaker {

  private final String instance;
  private final InstantSource clock;
  private final AtomicLong made = new AtomicLong();

  /**
   * @param instance name that no other instance has, nor this one after a restart
   */
  public DecisionMaker(String instance, InstantSource clock) {
    this.instance = instance;
    this.clock = clock;
  }

  /**
   * @param live id of the checkpoint that it was compared with
   * @throws IllegalArgumentException where the verdict is to roll back, which is about another one
   */
  public Decision judged(
      String policy, KnownCheckpoint checkpoint, Verdict verdict, Optional<String> live) {
    Map<String, Double> figures = new HashMap<>(checkpoint.metrics());
    figures.putAll(verdict.figures());
    return new Decision(
        nextId(),
        written(verdict),
        Optional.of(checkpoint.ref()),
        Optional.of(checkpoint.line()),
        verdict instanceof Verdict.Canary canary ? Optional.of(canary.share()) : Optional.empty(),
        verdict.reason(),
        figures,
        DecisionAuthor.POLICY,
        policy,
        live,
        instance,
        clock.instant());
  }

  private static DecisionVerdict written(Verdict verdict) {
    if (verdict instanceof Verdict.RollBack) {
      throw new IllegalArgumentException("to roll back is about the live checkpoint");
    }
    return DecisionVerdict.valueOf(verdict.name().toUpperCase(java.util.Locale.ROOT));
  }

  /** That the live checkpoint is taken back by what is no person. */
  public Decision takenBack(
      String policy, CheckpointRef live, String reason, Map<String, Double> figures) {
    return plain(DecisionVerdict.ROLLBACK, live, reason, figures, DecisionAuthor.POLICY, policy);
  }

  /** That this instance cannot load a checkpoint. */
  public Decision fault(CheckpointRef checkpoint, String reason) {
    return plain(
        DecisionVerdict.REFUSE, checkpoint, reason, Map.of(), DecisionAuthor.FAULT, "loader");
  }

  /**
   * What a person asks for.
   *
   * @param checkpoint empty where the verdict is about none
   * @throws IllegalArgumentException where a canary has no share
   */
  public Decision byHand(
      DecisionVerdict verdict,
      Optional<CheckpointRef> checkpoint,
      Optional<Double> share,
      String reason,
      String person) {
    return new Decision(
        nextId(),
        verdict,
        checkpoint,
        Optional.empty(),
        share,
        reason,
        Map.of(),
        DecisionAuthor.PERSON,
        person,
        Optional.empty(),
        instance,
        clock.instant());
  }

  private Decision plain(
      DecisionVerdict verdict,
      CheckpointRef checkpoint,
      String reason,
      Map<String, Double> figures,
      DecisionAuthor author,
      String decidedBy) {
    return new Decision(
        nextId(),
        verdict,
        Optional.of(checkpoint),
        Optional.empty(),
        Optional.empty(),
        reason,
        figures,
        author,
        decidedBy,
        Optional.empty(),
        instance,
        clock.instant());
  }

  private String nextId() {
    return instance + "-" + made.incrementAndGet();
  }
}
