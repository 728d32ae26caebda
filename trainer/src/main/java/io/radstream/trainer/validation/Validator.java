package io.radstream.trainer.validation;

import io.radstream.model.RefersTraining;
import io.radstream.trainer.data.ValidationStudies;
import java.util.Map;

/** Measures a network on studies that it does not learn from. */
public record Validator(ValidationStudies studies) {

  /** Figures by name; empty where there is nothing to compare. */
  public Map<String, Double> validate(RefersTraining network) {
    ValidationSums sums = new ValidationSums(network.objectives());
    studies.forEach(batch -> sums.add(network.evaluate(batch), batch));
    return sums.count() < 2 ? Map.of() : sums.figures();
  }
}
