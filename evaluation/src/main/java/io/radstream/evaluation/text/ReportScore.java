package io.radstream.evaluation.text;

import io.radstream.evaluation.Figure;
import java.util.List;
import java.util.OptionalDouble;

/** A figure that each report has for itself; of several it is the mean. */
public sealed interface ReportScore extends Figure<ReportPair> permits CiderD, Meteor, RougeL {

  /** Of one report; 0 where one of the two is empty. */
  double score(ReportPair report);

  /** Empty where there is no report. */
  @Override
  default OptionalDouble of(List<ReportPair> reports) {
    return reports.stream().mapToDouble(this::score).average();
  }
}
