package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.radstream.serving.decisions.Decision;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.decisions.Objection;
import io.radstream.serving.fleet.CheckpointRef;
import java.util.Locale;
import java.util.Map;

/**
 * A decision as JSON.
 *
 * @param panel what a gate measured; null where none did
 * @param author policy, person, or fault where an instance could not load the checkpoint
 * @param by name of the policy or the person
 * @param effect whether it changed anything
 * @param objection why it did not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DecisionAnswer(
    String id,
    String time,
    String verdict,
    String checkpoint,
    String runId,
    Double share,
    String reason,
    Map<String, Double> figures,
    PanelAnswer panel,
    String author,
    String by,
    String comparedWith,
    String instance,
    boolean effect,
    String objection) {

  static DecisionAnswer of(DecisionLog.Entry entry) {
    Decision decision = entry.decision();
    return new DecisionAnswer(
        decision.id(),
        decision.time().toString(),
        lower(decision.verdict()),
        decision.checkpoint().map(CheckpointRef::id).orElse(null),
        decision.checkpoint().map(CheckpointRef::runId).orElse(null),
        decision.share().orElse(null),
        decision.reason(),
        decision.figures(),
        PanelAnswer.of(decision.figures()),
        lower(decision.author()),
        decision.decidedBy(),
        decision.comparedWith().orElse(null),
        decision.instance(),
        entry.objection().isEmpty(),
        entry.objection().map(Objection::text).orElse(null));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
