package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.radstream.serving.checkpoint.CheckpointCatalog;
import io.radstream.serving.decisions.Decision;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.decisions.ServingState;
import io.radstream.serving.fleet.CheckpointRef;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.fleet.KnownCheckpoint.State;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.ModelCalibration;
import io.radstream.serving.score.ModelIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The checkpoints as JSON.
 *
 * @param service whose decisions count
 * @param live id of the one that answers, or null
 * @param pinned whether policies may change nothing
 * @param decided role to checkpoint, as was decided; what cannot be loaded here is in it too
 * @param hotLoads how often one became live
 * @param models newest announcement first
 */
record ModelsAnswer(
    String service,
    String live,
    boolean pinned,
    Map<String, String> decided,
    long hotLoads,
    List<Entry> models) {

  /** What was last made of a checkpoint, why, by whom, and what was measured for it. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record JudgedAnswer(
      String name,
      String reason,
      String author,
      String by,
      String time,
      String comparedWith,
      Map<String, Double> figures,
      PanelAnswer panel) {

    static JudgedAnswer of(Verdict verdict, Optional<Decision> decision) {
      Optional<Decision> same =
          decision.filter(made -> made.judgement().filter(verdict::equals).isPresent());
      return new JudgedAnswer(
          verdict.name(),
          verdict.reason(),
          same.map(made -> made.author().name().toLowerCase(Locale.ROOT)).orElse(null),
          same.map(Decision::decidedBy).orElse(null),
          same.map(made -> made.time().toString()).orElse(null),
          same.flatMap(Decision::comparedWith).orElse(null),
          new TreeMap<>(verdict.figures()),
          PanelAnswer.of(verdict.figures()));
    }
  }

  /**
   * How the answers of a loaded checkpoint are read.
   *
   * @param applied whether some of its probabilities are calibrated
   * @param familiarity whether it is told how familiar a study is
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CalibrationAnswer(boolean applied, String reason, String sha256, boolean familiarity) {

    static CalibrationAnswer of(ModelCalibration calibration) {
      return new CalibrationAnswer(
          calibration.reason().isEmpty(),
          calibration.reason().orElse(null),
          calibration.sha256().orElse(null),
          calibration.tellsFamiliarity());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Entry(
      String id,
      String line,
      String runId,
      long step,
      String parent,
      String announcedAt,
      String state,
      String loadedAt,
      String replacedAt,
      String reason,
      String nextLookAt,
      String role,
      Double share,
      JudgedAnswer verdict,
      String byHand,
      CalibrationAnswer calibration,
      int withdrawnStudies,
      Map<String, Double> metrics) {

    static Entry of(KnownCheckpoint known, ModelFleet fleet, DecisionLog log) {
      State state = known.state();
      return new Entry(
          known.id(),
          known.line(),
          known.runId(),
          known.step(),
          known.parent().orElse(null),
          known.announcedAt().toString(),
          state.getClass().getSimpleName().toLowerCase(Locale.ROOT),
          loadedAt(state),
          state instanceof State.Replaced replaced ? text(replaced.since()) : null,
          reason(state),
          state instanceof State.Waiting waiting ? text(waiting.nextLook()) : null,
          known.role().map(Role::label).orElse(null),
          share(known),
          known
              .verdict()
              .map(verdict -> JudgedAnswer.of(verdict, log.last(known.ref())))
              .orElse(null),
          byHand(known.ref(), log.state()),
          known
              .role()
              .flatMap(role -> fleet.calibration(known.id()))
              .map(CalibrationAnswer::of)
              .orElse(null),
          known.withdrawnStudies(),
          known.metrics());
    }

    private static String byHand(CheckpointRef checkpoint, ServingState state) {
      if (state.refused().contains(checkpoint)) {
        return "refused";
      }
      return state.held().contains(checkpoint) ? "held" : null;
    }

    private static String loadedAt(State state) {
      if (state instanceof State.Live live) {
        return text(live.since());
      }
      return state instanceof State.Trial trial ? text(trial.since()) : null;
    }

    private static String reason(State state) {
      if (state instanceof State.Waiting waiting) {
        return "waiting for files: " + waiting.reason();
      }
      return state instanceof State.Refused refused ? refused.reason() : null;
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

  static ModelsAnswer of(CheckpointCatalog catalog, ModelFleet fleet, DecisionLog log) {
    ServingState state = log.state();
    Map<String, String> decided = new TreeMap<>();
    state.crew().members().forEach((role, member) -> decided.put(role.label(), member.id()));
    return new ModelsAnswer(
        log.service(),
        fleet.live().map(ModelIdentity::checkpointId).orElse(null),
        state.pinned(),
        decided,
        fleet.hotLoads(),
        catalog.newestFirst().stream().map(known -> Entry.of(known, fleet, log)).toList());
  }
}
