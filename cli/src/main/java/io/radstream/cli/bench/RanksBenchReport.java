package io.radstream.cli.bench;

import io.radstream.trainer.ranks.RankFigures;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What several processes gain over one.
 *
 * @param world processes together
 * @param batch studies of a step of each
 * @param threads of each
 * @param pinned whether each had cores of its own
 * @param aloneStudiesPerSecond of one process, medians of steps and rounds
 * @param togetherStudiesPerSecond of all together
 * @param efficiency the second over so many times the first, median of the rounds
 * @param exchangedBytesPerStudy of gradients, that all ranks together send
 * @param earlyShare of these bytes, that left while other gradients were still computed
 * @param exchangeShare of a step in which rank 0 does nothing but exchange gradients, or wait for
 *     the others to
 */
public record RanksBenchReport(
    int world,
    int batch,
    int threads,
    boolean pinned,
    long steps,
    int rounds,
    double aloneStudiesPerSecond,
    double togetherStudiesPerSecond,
    double efficiency,
    double exchangedBytesPerStudy,
    double earlyShare,
    double exchangeShare) {

  private static final double MEBI = 1 << 20;

  /** Figures of steps, alone and together. */
  record Round(List<Map<String, Double>> alone, List<Map<String, Double>> together) {}

  static RanksBenchReport of(RanksBench.Plan plan, List<Round> rounds) {
    double bytes =
        median(rounds, round -> RanksBench.median(round.together(), RankFigures.EXCHANGED_BYTES));
    return new RanksBenchReport(
        plan.world(),
        plan.config().batch(),
        plan.config().threads(),
        plan.pinned(),
        plan.config().schedule().steps() - plan.warmUp(),
        rounds.size(),
        median(rounds, round -> RanksBench.studiesPerSecond(round.alone())),
        median(rounds, round -> RanksBench.studiesPerSecond(round.together())),
        median(
            rounds,
            round ->
                RanksBench.studiesPerSecond(round.together())
                    / (plan.world() * RanksBench.studiesPerSecond(round.alone()))),
        bytes * plan.world() / plan.wholeBatch(),
        median(rounds, round -> RanksBench.median(round.together(), RankFigures.EARLY_SHARE)),
        median(rounds, round -> RanksBench.exchangeShare(round.together())));
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return RanksBench.median(rounds.stream().mapToDouble(figure).toArray());
  }

  /** For people. */
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%d processes, %d threads and %d studies a step each%s; %d steps, %d rounds%n",
        world,
        threads,
        batch,
        pinned ? ", on cores of their own" : "",
        steps,
        rounds);
    out.printf(Locale.ROOT, "One alone        %10.2f studies/s%n", aloneStudiesPerSecond);
    out.printf(Locale.ROOT, "All together     %10.2f studies/s%n", togetherStudiesPerSecond);
    out.printf(Locale.ROOT, "Efficiency       %10.3f%n", efficiency);
    out.printf(Locale.ROOT, "Exchanged        %10.2f MiB a study%n", exchangedBytesPerStudy / MEBI);
    out.printf(Locale.ROOT, "Left early       %10.1f %% of it%n", 100 * earlyShare);
    out.printf(Locale.ROOT, "Exchange alone   %10.1f %% of a step%n", 100 * exchangeShare);
    out.flush();
  }
}
