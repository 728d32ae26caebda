package io.radstream.trainer.validation;

import io.radstream.model.RefersTraining;
import io.radstream.model.network.StudyBatch;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.feed.BatchBuilder;
import io.radstream.trainer.feed.StudyCache;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.tuples.TupleRef;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Measures a network on studies that it does not learn from, without augmentation. */
public final class Validator {

  /** Studies of a source. */
  public record Part(StudyCache studies, List<TupleRef> refs) {

    public Part {
      refs = List.copyOf(refs);
    }
  }

  private final List<Part> parts;
  private final Augmenter augmenter;
  private final Predicate<String> withdrawn;
  private final int batch;
  private final StudyLabels labels;

  /**
   * @param withdrawn by study id
   * @param batch studies compared with each other by the contrastive loss, as in training
   */
  public Validator(
      List<Part> parts,
      Augmenter augmenter,
      Predicate<String> withdrawn,
      int batch,
      StudyLabels labels) {
    this.parts = List.copyOf(parts);
    this.augmenter = augmenter;
    this.withdrawn = withdrawn;
    this.batch = batch;
    this.labels = labels;
  }

  /** Figures by name; empty where there is nothing to compare. */
  public Map<String, Double> validate(RefersTraining network) {
    ValidationSums sums = new ValidationSums(network.objectives());
    for (Part part : parts) {
      for (int begin = 0; begin < part.refs().size(); begin += batch) {
        int end = Math.min(part.refs().size(), begin + batch);
        StudyBatch next = batch(part.studies(), part.refs().subList(begin, end));
        if (next.size() > 0) {
          sums.add(network.evaluate(next), next);
        }
      }
    }
    return sums.count() < 2 ? Map.of() : sums.figures();
  }

  private StudyBatch batch(StudyCache studies, List<TupleRef> refs) {
    List<PreparedStudy> usable =
        refs.stream()
            .map(ref -> studies.get(ref, refs))
            .filter(study -> study.hasView() && !withdrawn.test(study.studyId()))
            .toList();
    BatchBuilder built = new BatchBuilder(usable.size(), augmenter.valuesPerStudy(), labels);
    for (PreparedStudy study : usable) {
      built.add(study.studyId(), augmenter.plain(study, built.images(), built.offset()));
    }
    return built.build();
  }
}
