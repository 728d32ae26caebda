package io.radstream.cli.findings;

import io.radstream.evaluation.Interval;
import io.radstream.evaluation.findings.Estimate;
import java.util.Locale;
import java.util.Optional;

/**
 * A figure as JSON has it; null where it, or its interval, is not defined.
 *
 * @param draws that the interval rests on
 */
public record Shown(double value, Double low, Double high, int draws) {

  static Shown of(Optional<Estimate> estimate) {
    return estimate
        .map(
            of ->
                new Shown(
                    of.value(),
                    of.interval().map(Interval::low).orElse(null),
                    of.interval().map(Interval::high).orElse(null),
                    of.interval().map(Interval::rounds).orElse(0)))
        .orElse(null);
  }

  /** For people. */
  public static String text(Shown figure) {
    if (figure == null) {
      return "-";
    }
    return figure.low() == null
        ? String.format(Locale.ROOT, "%.3f", figure.value())
        : String.format(
            Locale.ROOT, "%.3f [%.3f, %.3f]", figure.value(), figure.low(), figure.high());
  }
}
