package io.radstream.trainer.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.radstream.model.config.NetworkPart;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.BatchInput;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.objective.Evaluation;
import io.radstream.model.objective.Objective;
import io.radstream.model.objective.Term;
import io.radstream.model.objective.ValidationFigures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ValidationSumsTest {

  private static final Objective BY_STUDY = objective("mirror", 1, StudyBatch::size);
  private static final Objective BY_LABEL = objective("age", 0.5, StudyBatch::knownLabels);

  /** One that the trainer cannot know. */
  private static Objective objective(
      String name, double weight, ToDoubleFunction<StudyBatch> count) {
    return new Objective() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public double weight() {
        return weight;
      }

      @Override
      public Set<NetworkPart> parts() {
        return Set.of();
      }

      @Override
      public Set<BatchInput> needs() {
        return Set.of();
      }

      @Override
      public double count(StudyBatch batch) {
        return count.applyAsDouble(batch);
      }

      @Override
      public Term on(RefersNetwork network) {
        throw new AssertionError("nothing is computed");
      }

      @Override
      public ValidationFigures figures() {
        return new ValidationFigures() {
          private int batches;

          @Override
          public void add(StudyBatch batch, Evaluation found) {
            batches++;
          }

          @Override
          public Map<String, Double> values() {
            return Map.of(name + "_batches", (double) batches);
          }
        };
      }
    };
  }

  private static StudyBatch batch(float... labels) {
    float[][] rows = new float[labels.length][];
    for (int i = 0; i < labels.length; i++) {
      rows[i] = new float[] {labels[i]};
    }
    int[][] reports = new int[labels.length][];
    java.util.Arrays.fill(reports, new int[] {1, 2});
    return new StudyBatch(new float[0], reports, reports, rows);
  }

  private static Evaluation losses(double mirror, double age) {
    Map<String, Double> losses = new LinkedHashMap<>();
    losses.put("mirror", mirror);
    losses.put("age", age);
    return new Evaluation(
        BatchLosses.of(losses, List.of(BY_STUDY, BY_LABEL)),
        0,
        new float[0][],
        new float[0][],
        new float[0][]);
  }

  @Test
  void shouldGiveTheMeanOverAllThatWasCountedWhateverTheObjective() {
    ValidationSums sums = new ValidationSums(List.of(BY_STUDY, BY_LABEL));
    sums.add(losses(1, 4), batch(0, 1, Float.NaN));
    sums.add(losses(5, 1), batch(1));

    Map<String, Double> figures = sums.figures();

    assertThat(figures)
        .containsExactly(
            entry("validation_loss_mirror", 2.0),
            entry("mirror_batches", 2.0),
            entry("validation_loss_age", 3.0),
            entry("age_batches", 2.0),
            entry("validation_loss", 3.5));
    assertThat(sums.count()).isEqualTo(4);
  }

  @Test
  void shouldGiveNoSumWhereAnObjectiveHadNothingToCompareWith() {
    ValidationSums sums = new ValidationSums(List.of(BY_STUDY, BY_LABEL));
    sums.add(losses(1, 0), batch(Float.NaN, Float.NaN));

    Map<String, Double> figures = sums.figures();

    assertThat(figures).containsOnlyKeys("validation_loss_mirror", "mirror_batches");
  }
}
