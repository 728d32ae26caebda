package io.radstream.cli.reports;

import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.Figure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A figure with its interval by bootstrap of studies.
 *
 * @param low lower end of the interval
 * @param high its upper end
 */
public record Measured(String figure, double value, double low, double high) {

  /** Empty where the studies do not define it. */
  static <T> Optional<Measured> of(
      String name, List<T> studies, Figure<T> figure, Bootstrap bootstrap) {
    OptionalDouble value = figure.of(studies);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return bootstrap
        .interval(studies, figure)
        .map(found -> new Measured(name, value.getAsDouble(), found.low(), found.high()));
  }
}
