package io.radstream.trainer.validation;

import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.Evaluation;
import io.radstream.model.objective.Objective;
import io.radstream.model.objective.ValidationFigures;
import io.radstream.trainer.figures.MetricNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up what single batches gave, objective by objective. */
final class ValidationSums {

  /** Of an objective. */
  private static final class Sum {

    private final Objective objective;
    private final ValidationFigures figures;
    private double loss;
    private double count;

    Sum(Objective objective) {
      this.objective = objective;
      this.figures = objective.figures();
    }

    void add(Evaluation evaluation, StudyBatch batch) {
      double counted = objective.count(batch);
      loss += evaluation.losses().of(objective.name()).orElseThrow() * counted;
      count += counted;
      figures.add(batch, evaluation);
    }

    double mean() {
      return loss / count;
    }
  }

  private final List<Sum> sums;
  private int studies;

  ValidationSums(List<Objective> objectives) {
    this.sums = objectives.stream().map(Sum::new).toList();
  }

  void add(Evaluation evaluation, StudyBatch batch) {
    studies += batch.size();
    sums.forEach(sum -> sum.add(evaluation, batch));
  }

  /** Studies so far. */
  int count() {
    return studies;
  }

  /** An objective that had nothing to compare with has none. */
  Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    double total = 0;
    for (Sum sum : sums) {
      if (sum.count > 0) {
        total += sum.objective.weight() * sum.mean();
        figures.put(MetricNames.validationLoss(sum.objective.name()), sum.mean());
        figures.putAll(sum.figures.values());
      }
    }
    // A sum that lacks a part would be taken for a better one.
    if (sums.stream().allMatch(sum -> sum.count > 0)) {
      figures.put(MetricNames.VALIDATION_LOSS, total);
    }
    return figures;
  }
}
