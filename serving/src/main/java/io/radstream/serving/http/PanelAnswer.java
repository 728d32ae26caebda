package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.radstream.serving.panel.FindingResult;
import io.radstream.serving.panel.FindingResult.Ends;
import io.radstream.serving.panel.FindingResult.Measured;
import io.radstream.serving.panel.PanelResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a gate measured, as JSON.
 *
 * @param studies of the panel
 * @param findings in the order of their names
 */
record PanelAnswer(long studies, List<FindingAnswer> findings) {

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record FindingAnswer(
      String finding,
      String outcome,
      long present,
      long absent,
      MeasureAnswer candidate,
      MeasureAnswer live,
      Ends difference,
      Double moved) {

    private static FindingAnswer of(FindingResult result) {
      return new FindingAnswer(
          result.name(),
          result.outcome().name().toLowerCase(Locale.ROOT),
          result.present(),
          result.absent(),
          result.candidate().map(MeasureAnswer::of).orElse(null),
          result.live().map(MeasureAnswer::of).orElse(null),
          result.difference().orElse(null),
          number(result.moved()));
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MeasureAnswer(double auc, Ends interval, Double calibrationError) {

    private static MeasureAnswer of(Measured measured) {
      return new MeasureAnswer(
          measured.auc(), measured.interval().orElse(null), number(measured.calibrationError()));
    }
  }

  /**
   * @param figures of a verdict, by name
   * @return null where they are of no panel
   */
  static PanelAnswer of(Map<String, Double> figures) {
    return PanelResult.of(figures)
        .map(
            result ->
                new PanelAnswer(
                    result.studies(), result.findings().stream().map(FindingAnswer::of).toList()))
        .orElse(null);
  }

  private static Double number(OptionalDouble value) {
    return value.stream().boxed().findFirst().orElse(null);
  }
}
