package io.radstream.trainer.run;

import io.radstream.model.RefersTraining;
import io.radstream.schemas.Alarm;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.drift.DriftWatch;
import io.radstream.trainer.figures.FirstReads;
import io.radstream.trainer.figures.MetricRecords;
import io.radstream.trainer.figures.TakenStep;
import io.radstream.trainer.timing.Phase;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.validation.Validator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts steps on the ledger with their figures, and validates the network where that is due. */
final class StepPublisher {

  private static final Logger LOG = LoggerFactory.getLogger(StepPublisher.class);

  private final RunUnderWay run;
  private final RefersTraining network;
  private final Validator validator;
  private final StepJournal journal;
  private final MetricRecords metrics;
  private final DriftWatch drift;
  private final FirstReads firstReads;
  private Map<String, Double> validation = Map.of();

  StepPublisher(
      RunUnderWay run,
      RefersTraining network,
      Validator validator,
      StepJournal journal,
      MetricRecords metrics) {
    this.run = run;
    this.network = network;
    this.validator = validator;
    this.journal = journal;
    this.metrics = metrics;
    this.drift = new DriftWatch(run.config().drift(), run.config().batch());
    this.firstReads = new FirstReads(run.config().follow().on());
  }

  /**
   * @param step that was taken
   * @return its figures and those of a validation
   */
  Map<String, Double> publish(long step, TakenStep taken, Map<String, Double> figures)
      throws InterruptedException {
    RunConfig config = run.config();
    boolean checkpoint = run.isDue(step, config.checkpoint().every());
    List<ProducerRecord<String, byte[]>> beside = new ArrayList<>();
    List<Alarm> alarms = drift.see(taken.batch().draft(), taken.result().losses().total());
    alarms.forEach(alarm -> warn(step, alarm));
    firstReads.see(taken.batch().draft());
    boolean told = step % config.metricsEvery() == 0 || step == run.start().step() + 1;
    if (told || !alarms.isEmpty()) {
      beside.add(metrics.of(step, withFirstReads(figures), alarms));
    } else if (checkpoint && firstReads.any()) {
      // What the checkpoint has learned from has to be known when it becomes live.
      beside.add(metrics.of(step, firstReads.take(), List.of()));
    }
    Map<String, Double> all = new HashMap<>(figures);
    if (checkpoint || run.isDue(step, config.validation().every())) {
      validate(step);
      all.putAll(validation);
      if (!validation.isEmpty()) {
        beside.add(metrics.of(step, validation, List.of()));
      }
    }
    PhaseTimes.Running ledger = run.times().begin(Phase.LEDGER);
    if (checkpoint || journal.hasWeights() || run.isDue(step, config.ledger().weightsEvery())) {
      taken.record().setWeightsDigest(network.weightsDigest());
    }
    journal.settle(taken.record().build(), beside);
    ledger.end();
    return all;
  }

  private Map<String, Double> withFirstReads(Map<String, Double> figures) {
    Map<String, Double> all = new HashMap<>(figures);
    all.putAll(firstReads.take());
    return all;
  }

  private static void warn(long step, Alarm alarm) {
    String figures =
        "value=%.4g reference=%.4g score=%.4g threshold=%.4g"
            .formatted(
                alarm.getValue(), alarm.getReference(), alarm.getScore(), alarm.getThreshold());
    LOG.warn(
        "step={} the studies that come in are other than before: source={} statistic={} {}",
        step,
        alarm.getSource(),
        alarm.getStatistic(),
        figures);
  }

  private void validate(long step) {
    validation = run.times().during(Phase.VALIDATION, () -> validator.validate(network));
    if (!validation.isEmpty()) {
      run.listener().validated(step, validation);
    }
  }

  /** Figures of the last validation; empty where there was none. */
  Map<String, Double> validation() {
    return validation;
  }
}
