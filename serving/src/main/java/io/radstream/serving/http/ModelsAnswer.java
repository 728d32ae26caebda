package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.radstream.serving.checkpoint.CheckpointCatalog;
import io.radstream.serving.checkpoint.KnownCheckpoint;
import io.radstream.serving.checkpoint.KnownCheckpoint.State;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ModelSlot;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The checkpoints as JSON.
 *
 * @param live id of the one that answers, or null
 * @param hotLoads how often one became live
 * @param models newest announcement first
 */
record ModelsAnswer(String live, long hotLoads, List<Entry> models) {

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
          state.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT),
          state instanceof State.Live live ? text(live.since()) : null,
          state instanceof State.Replaced replaced ? text(replaced.since()) : null,
          state instanceof State.Refused refused ? refused.reason() : null,
          known.withdrawnStudies(),
          known.metrics());
    }

    private static String text(Instant instant) {
      return instant.toString();
    }
  }

  static ModelsAnswer of(CheckpointCatalog catalog, ModelSlot slot) {
    return new ModelsAnswer(
        slot.identity().map(ModelIdentity::checkpointId).orElse(null),
        slot.hotLoads(),
        catalog.newestFirst().stream().map(Entry::of).toList());
  }
}
