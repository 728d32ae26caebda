package io.radstream.trainer;

import io.radstream.model.ModelConfig;
import io.radstream.model.RefersTraining;
import io.radstream.model.StudyBatch;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.feed.BatchBuilder;
import io.radstream.trainer.feed.StudyCache;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.tuples.TupleRef;
import java.util.List;
import java.util.Map;

/** Measures a network on studies that it does not learn from, without augmentation. */
final class Validator {

  private final StudyCache studies;
  private final Augmenter augmenter;
  private final List<TupleRef> refs;
  private final int batch;
  private final StudyLabels labels;
  private final ModelConfig model;

  /**
   * @param batch studies compared with each other by the contrastive loss, as in training
   */
  Validator(
      StudyCache studies,
      Augmenter augmenter,
      List<TupleRef> refs,
      int batch,
      StudyLabels labels,
      ModelConfig model) {
    this.studies = studies;
    this.augmenter = augmenter;
    this.refs = List.copyOf(refs);
    this.batch = batch;
    this.labels = labels;
    this.model = model;
  }

  /** Figures by name; empty where there is nothing to compare. */
  Map<String, Double> validate(RefersTraining network) {
    ValidationSums sums = new ValidationSums(model.objectives(), model.findings());
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
    BatchBuilder built = new BatchBuilder(usable.size(), augmenter.valuesPerStudy(), labels);
    for (PreparedStudy study : usable) {
      built.add(study.studyId(), augmenter.plain(study, built.images(), built.offset()));
    }
    return built.build();
  }
}
