package io.radstream.evaluation.labels;

import io.radstream.evaluation.Figure;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The mean of a measure over labels, seldom and frequent ones alike; those for which the studies do
 * not define it are left out.
 *
 * @param labels that count
 */
public record MacroAverage(LabelMeasure measure, List<String> labels) implements Figure<LabelPair> {

  public MacroAverage {
    labels = List.copyOf(labels);
  }

  /** Empty where it is defined for no label. */
  @Override
  public OptionalDouble of(List<LabelPair> studies) {
    return labels.stream()
        .map(label -> measure.of(Agreement.of(label, studies)))
        .flatMapToDouble(OptionalDouble::stream)
        .average();
  }
}
