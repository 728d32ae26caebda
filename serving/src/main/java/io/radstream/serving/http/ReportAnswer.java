package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.radstream.serving.write.WrittenReport;
import java.util.Locale;

/** The body of an answer of {@code /v1/report}, or its last event. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReportAnswer(
    String studyId,
    String notice,
    String report,
    int tokens,
    String end,
    double logProbability,
    double seconds,
    ModelAnswer checkpoint) {

  /** Goes with every report, wherever it is shown. */
  static final String NOTICE =
      "Written by a machine, for research only. This is not a diagnosis, and no physician has read"
          + " it.";

  private static final double MILLIS = 1e3;

  static ReportAnswer of(WrittenReport report) {
    return new ReportAnswer(
        report.studyId().orElse(null),
        NOTICE,
        report.text(),
        report.tokens(),
        report.end().name().toLowerCase(Locale.ROOT),
        report.logProbability(),
        report.took().toMillis() / MILLIS,
        ModelAnswer.of(report.model()));
  }
}
