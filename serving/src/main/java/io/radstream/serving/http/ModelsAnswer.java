package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.radstream.serving.checkpoint.CheckpointCatalog;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.fleet.KnownCheckpoint.State;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.ModelIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The checkpoints as JSON.
 *
 * @param live id of the one that answers, or null
 * @param hotLoads how often one became live
 * @param models newest announcement first
 */
record ModelsAnswer(String live, long hotLoads, List<Entry> models) {

  /** What the policy made of a checkpoint, and why. */
  record JudgedAnswer(String name, String reason) {

    static JudgedAnswer of(Verdict verdict) {
      return new JudgedAnswer(verdict.name(), verdict.reason());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Entry(
      String id,
      String line,
      String runId,
      long step,
      String announcedAt,
      String state,
      String loadedAt,
      String replacedAt,
      String reason,
      String role,
      Double share,
      JudgedAnswer verdict,
      int withdrawnStudies,
      Map<String, Double> metrics) {

    static Entry of(KnownCheckpoint known) {
      State state = known.state();
      return new Entry(
          known.id(),
          known.line(),
          known.runId(),
          known.step(),
          known.announcedAt().toString(),
          state.getClass().getSimpleName().toLowerCase(Locale.ROOT),
          loadedAt(state),
          state instanceof State.Replaced replaced ? text(replaced.since()) : null,
          state instanceof State.Refused refused ? refused.reason() : null,
          known.role().map(role -> role.name().toLowerCase(Locale.ROOT)).orElse(null),
          share(known),
          known.verdict().map(JudgedAnswer::of).orElse(null),
          known.withdrawnStudies(),
          known.metrics());
    }

    private static String loadedAt(State state) {
      if (state instanceof State.Live live) {
        return text(live.since());
      }
      return state instanceof State.Trial trial ? text(trial.since()) : null;
    }

    private static Double share(KnownCheckpoint known) {
      return known.role().equals(Optional.of(Role.CANARY))
              && known.verdict().orElse(null) instanceof Verdict.Canary canary
          ? canary.share()
          : null;
    }

    private static String text(Instant instant) {
      return instant.toString();
    }
  }

  static ModelsAnswer of(CheckpointCatalog catalog, ModelFleet fleet) {
    return new ModelsAnswer(
        fleet.live().map(ModelIdentity::checkpointId).orElse(null),
        fleet.hotLoads(),
        catalog.newestFirst().stream().map(Entry::of).toList());
  }
}
