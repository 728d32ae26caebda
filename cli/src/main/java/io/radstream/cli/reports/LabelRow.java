package io.radstream.cli.reports;

import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.Figure;
import io.radstream.evaluation.labels.LabelMeasure;
import io.radstream.evaluation.labels.LabelPair;
import io.radstream.evaluation.labels.MacroAverage;
import io.radstream.evaluation.labels.MicroAverage;
import io.radstream.radiology.findings.ReportedFinding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * How well written reports and known ones agree on a finding.
 *
 * @param finding or {@code micro} or {@code macro} for the averages over all but {@code normal},
 *     which follows from the others
 * @param written times that a written report says that it is there
 * @param known times that a known report does
 * @param measures precision, recall and F1; none that the reports do not define
 */
public record LabelRow(String finding, long written, long known, List<Measured> measures) {

  public LabelRow {
    measures = List.copyOf(measures);
  }

  static List<LabelRow> of(List<LabelPair> studies, Bootstrap bootstrap) {
    List<LabelRow> rows = new ArrayList<>();
    for (ReportedFinding finding : ReportedFinding.values()) {
      List<String> one = List.of(finding.key());
      rows.add(
          row(finding.key(), one, studies, measure -> new MicroAverage(measure, one), bootstrap));
    }
    List<String> all =
        Arrays.stream(ReportedFinding.values())
            .filter(finding -> finding != ReportedFinding.NORMAL)
            .map(ReportedFinding::key)
            .toList();
    rows.add(row("micro", all, studies, measure -> new MicroAverage(measure, all), bootstrap));
    rows.add(row("macro", all, studies, measure -> new MacroAverage(measure, all), bootstrap));
    return rows;
  }

  private static LabelRow row(
      String name,
      List<String> labels,
      List<LabelPair> studies,
      Function<LabelMeasure, Figure<LabelPair>> figures,
      Bootstrap bootstrap) {
    List<Measured> measures =
        Arrays.stream(LabelMeasure.values())
            .flatMap(
                measure ->
                    Measured.of(
                        measure.name().toLowerCase(Locale.ROOT),
                        studies,
                        figures.apply(measure),
                        bootstrap)
                        .stream())
            .toList();
    return new LabelRow(
        name,
        studies.stream()
            .flatMap(study -> study.generated().stream())
            .filter(labels::contains)
            .count(),
        studies.stream()
            .flatMap(study -> study.reference().stream())
            .filter(labels::contains)
            .count(),
        measures);
  }
}
