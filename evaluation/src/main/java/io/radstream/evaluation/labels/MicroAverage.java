package io.radstream.evaluation.labels;

import io.radstream.evaluation.Figure;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A measure of the labels of all studies together, each label of each study alike; of a single
 * label it is the measure of this label.
 *
 * @param labels that count
 */
public record MicroAverage(LabelMeasure measure, List<String> labels) implements Figure<LabelPair> {

  public MicroAverage {
    labels = List.copyOf(labels);
  }

  /** Empty where no study has what the measure is a share of. */
  @Override
  public OptionalDouble of(List<LabelPair> studies) {
    return measure.of(
        labels.stream()
            .map(label -> Agreement.of(label, studies))
            .reduce(new Agreement(0, 0, 0), Agreement::plus));
  }
}
