package io.radstream.trainer;

import io.radstream.model.Objectives;
import io.radstream.model.RefersTraining;
import io.radstream.model.StudyBatch;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.feed.StudyCache;
import io.radstream.trainer.tuples.TupleRef;
import java.util.List;
import java.util.Map;

/** Measures a network on studies that it does not learn from, without augmentation. */
final class Validator {

  private final StudyCache studies;
  private final Augmenter augmenter;
  private final List<TupleRef> refs;
  private final int batch;
  private final Objectives objectives;

  /**
   * @param batch studies compared with each other by the contrastive loss, as in training
   */
  Validator(
      StudyCache studies,
      Augmenter augmenter,
      List<TupleRef> refs,
      int batch,
      Objectives objectives) {
    this.studies = studies;
    this.augmenter = augmenter;
    this.refs = List.copyOf(refs);
    this.batch = batch;
    this.objectives = objectives;
  }

  /** Figures by name; empty where there is nothing to compare. */
  Map<String, Double> validate(RefersTraining network) {
    ValidationSums sums = new ValidationSums(objectives);
    for (int begin = 0; begin < refs.size(); begin += batch) {
      StudyBatch next = batch(refs.subList(begin, Math.min(refs.size(), begin + batch)));
      if (next.size() > 0) {
        sums.add(network.evaluate(next), next);
      }
    }
    return sums.count() < 2 ? Map.of() : sums.figures();
  }

  private StudyBatch batch(List<TupleRef> batchRefs) {
    List<PreparedStudy> usable =
        batchRefs.stream()
            .map(ref -> studies.get(ref, () -> batchRefs))
            .filter(PreparedStudy::hasView)
            .toList();
    float[] images = new float[usable.size() * augmenter.valuesPerStudy()];
    int[][] tokens = new int[usable.size()][];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = augmenter.plain(usable.get(i), images, i * augmenter.valuesPerStudy());
    }
    return new StudyBatch(images, tokens);
  }
}
