package io.radstream.cli.bench;

import io.radstream.cli.demo.KillCheck;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.figures.MetricNames;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;

/**
 * What a step costs before a trainer is killed, after it was resumed, and when it is taken again.
 *
 * @param killedAt how many steps the ledger had at least when the trainer was killed
 * @param secondsPerStep before that, median; waiting for data is in all of these
 * @param secondsPerStepResumed after it
 * @param secondsPerStepReplayed of all steps taken again
 * @param replayIdentical whether each step is on the ledger once, and taken again had the same bits
 * @param losses of the steps
 */
public record ReplayBenchReport(
    String precision,
    String program,
    int batch,
    long steps,
    long killedAt,
    double secondsPerStep,
    double secondsPerStepResumed,
    double secondsPerStepReplayed,
    boolean replayIdentical,
    List<Double> losses) {

  /**
   * @param figures that the run has published of each step
   * @param again how long each step took the second time, in seconds
   */
  static ReplayBenchReport of(
      RunConfig config,
      long killedAt,
      KillCheck.Outcome outcome,
      NavigableMap<Long, Map<String, Double>> figures,
      List<Double> again) {
    return new ReplayBenchReport(
        config.compute().precision().name().toLowerCase(Locale.ROOT),
        config.compute().program().name().toLowerCase(Locale.ROOT),
        config.batch(),
        config.schedule().steps(),
        killedAt,
        seconds(figures.headMap(killedAt, true)),
        seconds(figures.tailMap(killedAt, false)),
        Median.of(again),
        outcome.replayIdentical(),
        figures.values().stream().map(step -> step.get(MetricNames.LOSS)).toList());
  }

  private static double seconds(NavigableMap<Long, Map<String, Double>> figures) {
    return Median.of(
        figures.values().stream()
            .map(
                step ->
                    step.get(MetricNames.STEP_SECONDS) + step.get(MetricNames.DATA_WAIT_SECONDS))
            .toList());
  }

  /** For people. */
  public void print(PrintWriter out) {
    out.printf(
        "%s, %s; %d steps of %d studies, killed behind step %d%n",
        precision, program, steps, batch, killedAt);
    out.printf("%-28s %10.3f s   (medians)%n", "a step before", secondsPerStep);
    out.printf("%-28s %10.3f s%n", "… after it was resumed", secondsPerStepResumed);
    out.printf("%-28s %10.3f s%n", "… taken again", secondsPerStepReplayed);
    out.println(replayIdentical ? "every digest the same" : "OTHER BITS");
    out.flush();
  }
}
