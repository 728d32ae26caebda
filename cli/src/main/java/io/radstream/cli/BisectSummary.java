package io.radstream.cli;

import io.radstream.trainer.bisect.BisectOutcome;
import io.radstream.trainer.bisect.BisectOutcome.Confirmation;
import io.radstream.trainer.bisect.BisectRequest;
import io.radstream.trainer.bisect.Group;
import io.radstream.trainer.bisect.Peculiarity;
import io.radstream.trainer.bisect.Peculiarity.Level;
import io.radstream.trainer.bisect.Peculiarity.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a search found, for programs. */
record BisectSummary(BisectRequest request, BisectOutcome outcome) {

  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("run_id", outcome.runId());
    values.put("line", request.line());
    values.put("figure", request.figure().name());
    values.put("bound", outcome.judge().bound());
    values.put("bound_given", request.figure().isBoundGiven());
    values.put("good_step", outcome.turn().good());
    values.put("bad_step", outcome.turn().bad());
    values.put("values", outcome.known());
    values.put("first_step", outcome.sound() + 1);
    values.put("last_step", outcome.last());
    values.put("studies", outcome.studies().size());
    values.put("before", outcome.before());
    BisectedStudies studies = new BisectedStudies(outcome.studies());
    values.put("ranges", studies.ranges());
    values.put("counts", studies.counts());
    values.put("comparisons", outcome.peculiarities().stream().map(BisectSummary::flat).toList());
    values.put("alarms", alarms());
    values.put("suspected", outcome.suspected().map(Group::toString).orElse(null));
    values.put("confirmation", outcome.confirmation().map(BisectSummary::flat).orElse(null));
    return values;
  }

  private static Map<String, Object> flat(Peculiarity one) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (one instanceof Share share) {
      values.put("group", share.group().toString());
      values.put("with", share.with());
      values.put("of", share.of());
      values.put("with_before", share.withBefore());
      values.put("of_before", share.ofBefore());
    } else if (one instanceof Level level) {
      values.put("group", level.group().map(Group::toString).orElse(null));
      values.put("number", level.number().label());
      values.put("compared_with", level.others().label());
      values.put("count", level.count());
      values.put("count_others", level.countOthers());
      values.put("median", level.median());
      values.put("median_others", level.medianOthers());
      values.put("superiority", level.superiority());
    }
    values.put("p", one.chance());
    values.put("p_corrected", one.corrected());
    return values;
  }

  private List<Map<String, Object>> alarms() {
    List<Map<String, Object>> all = new ArrayList<>();
    outcome
        .alarms()
        .forEach(
            (step, alarms) ->
                alarms.forEach(
                    alarm ->
                        all.add(
                            Map.of(
                                "step", step,
                                "statistic", alarm.getStatistic(),
                                "source", alarm.getSource(),
                                "value", alarm.getValue(),
                                "reference", alarm.getReference()))));
    return all;
  }

  private static Map<String, Object> flat(Confirmation confirmation) {
    return Map.of(
        "without", confirmation.without().toString(),
        "passed_over", confirmation.passedOver(),
        "value", confirmation.value(),
        "good", confirmation.good());
  }
}
