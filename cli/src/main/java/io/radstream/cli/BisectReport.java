package io.radstream.cli;

import io.radstream.schemas.Alarm;
import io.radstream.trainer.bisect.BisectOutcome;
import io.radstream.trainer.bisect.BisectOutcome.Confirmation;
import io.radstream.trainer.bisect.BisectRequest;
import io.radstream.trainer.bisect.Peculiarity;
import io.radstream.trainer.bisect.Peculiarity.Level;
import io.radstream.trainer.bisect.Peculiarity.Share;
import io.radstream.trainer.bisect.Turn;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a search found, for people. No study is named. */
record BisectReport(BisectRequest request, BisectOutcome outcome) {

  private static final int TOLD = 10;
  private static final double HARDLY_CHANCE = 0.05;

  void print(PrintWriter out) {
    printTurn(out);
    printStudies(out);
    List<Peculiarity> clear = clear();
    out.println("What they have in common (p by chance, corrected for all comparisons):");
    clear.stream().limit(TOLD).forEach(one -> out.println("  " + told(one)));
    if (clear.isEmpty()) {
      out.println("  nothing that is hardly chance");
    }
    outcome
        .alarms()
        .forEach((step, alarms) -> alarms.forEach(alarm -> out.println(told(step, alarm))));
    outcome.suspected().ifPresent(group -> out.println("What stands out most: " + group));
    outcome.confirmation().ifPresent(confirmation -> out.println(told(confirmation)));
    out.flush();
  }

  private void printTurn(PrintWriter out) {
    Turn turn = outcome.turn();
    out.printf(
        "%s turned between step %d (%.6f) and step %d (%.6f); the bound is %.6f, %s%n",
        request.figure().name(),
        turn.good(),
        outcome.known().get(turn.good()),
        turn.bad(),
        outcome.known().get(turn.bad()),
        outcome.judge().bound(),
        request.figure().isBoundGiven() ? "as given" : "midway from good to bad");
  }

  private void printStudies(PrintWriter out) {
    BisectedStudies studies = new BisectedStudies(outcome.studies());
    out.printf(
        "Steps %d to %d read %d studies; compared with %d before%n",
        outcome.sound() + 1, outcome.last(), outcome.studies().size(), outcome.before());
    studies.ranges().forEach(range -> out.println("  offsets " + range));
    studies.counts().forEach((trait, counts) -> out.printf("  %s: %s%n", trait, told(counts)));
  }

  private List<Peculiarity> clear() {
    return outcome.peculiarities().stream().filter(one -> one.corrected() < HARDLY_CHANCE).toList();
  }

  private static String told(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> "%s %d".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String told(Peculiarity one) {
    if (one instanceof Share share) {
      return "%s: %d of %d, before %d of %d; p %.2g"
          .formatted(
              share.group(),
              share.with(),
              share.of(),
              share.withBefore(),
              share.ofBefore(),
              share.corrected());
    }
    Level level = (Level) one;
    return "%s%s: median %.4g of %d, %s %.4g of %d; p %.2g"
        .formatted(
            level.number().label(),
            level.group().map(group -> " of " + group).orElse(""),
            level.median(),
            level.count(),
            level.others().label(),
            level.medianOthers(),
            level.countOthers(),
            level.corrected());
  }

  private static String told(long step, Alarm alarm) {
    return "Alarm of drift at step %d: %s of source %s is %.4g, was %.4g"
        .formatted(
            step, alarm.getStatistic(), alarm.getSource(), alarm.getValue(), alarm.getReference());
  }

  private String told(Confirmation confirmation) {
    return "Without %s it is %.6f at step %d: %s; %d steps passed over"
        .formatted(
            confirmation.without(),
            confirmation.value(),
            request.ends().bad(),
            confirmation.good() ? "good" : "still bad",
            confirmation.passedOver());
  }
}
