package io.radstream.cli.demo;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.objective.RetrievalFigures;
import io.radstream.producers.publish.PublishSummary;
import io.radstream.trainer.figures.MetricNames;
import io.radstream.trainer.run.RunSummary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a demo did and what came of it; one line of JSON with {@code --json}.
 *
 * @param studiesPublished acknowledged by the broker
 * @param studiesRefused not sent by the producer, with a reason each
 * @param rejected records that the stage put on studies.rejected
 * @param rejectedByReason the same, by reason
 * @param steps optimizer steps of this run
 * @param lossFirst of the first step; what is minimised
 * @param lossLast mean over the last steps, as single steps scatter
 * @param losses the same two of each objective: {@code loss_contrastive_first}
 * @param retrievalTop1Validation share of validation studies that find their own report first
 * @param retrievalChance the same for guessing
 * @param zeroShotAucMean over findings, on held-out phantoms, as served; null for other sources
 * @param checkpointId that served last
 * @param hotLoads how often a checkpoint became live, the first one included
 * @param studiesListed of which there are scores for the worklist
 * @param requests that the client sent
 * @param requestsFailed of those
 * @param secondsToFirstCheckpoint from the start until the first checkpoint served
 * @param ledgerSteps that a short line has on the ledger, whose trainer was killed; this and the
 *     next three are null where the demo was stopped or the cluster needs more than addresses
 * @param kills of that trainer
 * @param replayIdentical whether that line has each step once, and all of them, taken again from
 *     the topics, gave the same bits
 * @param weightsSha256 of that line's last weights
 * @param seconds in all
 */
public record DemoSummary(
    long studiesPublished,
    long studiesRefused,
    long tuplesTrain,
    long tuplesValidation,
    long rejected,
    Map<String, Long> rejectedByReason,
    long steps,
    Double lossFirst,
    Double lossLast,
    @JsonAnyGetter Map<String, Double> losses,
    Double retrievalTop1Validation,
    Double retrievalChance,
    Double zeroShotAucMean,
    Map<String, Double> zeroShotAucByFinding,
    String checkpointId,
    long hotLoads,
    long studiesListed,
    long requests,
    long requestsFailed,
    Double secondsToFirstCheckpoint,
    Long ledgerSteps,
    Integer kills,
    Boolean replayIdentical,
    String weightsSha256,
    double seconds) {

  static DemoSummary of(
      PublishSummary published,
      Rejections rejections,
      RunSummary trained,
      LossCourse course,
      Client.Findings asked,
      String checkpointId,
      long hotLoads,
      long studiesListed,
      Optional<KillCheck.Outcome> killed,
      double seconds) {
    Optional<BatchLosses> first = course.first();
    Optional<BatchLosses> last = course.last();
    return new DemoSummary(
        published.sent(),
        published.refusedTotal(),
        trained.studies(),
        trained.validationStudies(),
        rejections.total(),
        rejections.byReason(),
        trained.steps(),
        first.map(BatchLosses::total).orElse(null),
        last.map(BatchLosses::total).orElse(null),
        losses(first, last),
        trained.validation().get(RetrievalFigures.TOP1),
        trained.validation().get(RetrievalFigures.CHANCE),
        asked.evaluation().map(ZeroShotEvaluation::mean).orElse(null),
        asked.evaluation().map(ZeroShotEvaluation::aucByFinding).orElse(Map.of()),
        checkpointId,
        hotLoads,
        studiesListed,
        asked.requests(),
        asked.failed(),
        asked.secondsToFirst().orElse(null),
        killed.map(KillCheck.Outcome::ledgerSteps).orElse(null),
        killed.map(KillCheck.Outcome::kills).orElse(null),
        killed.map(KillCheck.Outcome::replayIdentical).orElse(null),
        killed.map(KillCheck.Outcome::weightsSha256).orElse(null),
        seconds);
  }

  private static Map<String, Double> losses(
      Optional<BatchLosses> first, Optional<BatchLosses> last) {
    Map<String, Double> losses = new LinkedHashMap<>();
    first
        .map(BatchLosses::byObjective)
        .orElse(Map.of())
        .forEach((name, loss) -> losses.put(MetricNames.loss(name) + "_first", loss));
    last.map(BatchLosses::byObjective)
        .orElse(Map.of())
        .forEach((name, loss) -> losses.put(MetricNames.loss(name) + "_last", loss));
    return losses;
  }
}
