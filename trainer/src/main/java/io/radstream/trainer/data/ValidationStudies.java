package io.radstream.trainer.data;

import io.radstream.model.network.StudyBatch;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.feed.BatchBuilder;
import io.radstream.trainer.feed.StudyCache;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.tuples.TupleRef;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Studies that a run does not learn from, without augmentation. */
public final class ValidationStudies {

  /** Studies of a source. */
  record Part(StudyCache studies, List<TupleRef> refs) {

    Part {
      refs = List.copyOf(refs);
    }
  }

  private final List<Part> parts;
  private final Augmenter augmenter;
  private final StudyLabels labels;
  private final Predicate<String> withdrawn;
  private final int batch;

  /**
   * @param withdrawn by study id
   * @param batch studies compared with each other by the contrastive loss, as in training
   */
  ValidationStudies(
      List<Part> parts,
      Augmenter augmenter,
      StudyLabels labels,
      Predicate<String> withdrawn,
      int batch) {
    this.parts = List.copyOf(parts);
    this.augmenter = augmenter;
    this.labels = labels;
    this.withdrawn = withdrawn;
    this.batch = batch;
  }

  /** Batch by batch, always the same; none of them is empty. */
  public void forEach(Consumer<StudyBatch> then) {
    for (Part part : parts) {
      for (int begin = 0; begin < part.refs().size(); begin += batch) {
        int end = Math.min(part.refs().size(), begin + batch);
        StudyBatch next = batch(part.studies(), part.refs().subList(begin, end));
        if (next.size() > 0) {
          then.accept(next);
        }
      }
    }
  }

  private StudyBatch batch(StudyCache studies, List<TupleRef> refs) {
    List<PreparedStudy> usable =
        refs.stream()
            .map(ref -> studies.get(ref, refs))
            .filter(study -> study.hasView() && !withdrawn.test(study.studyId()))
            .toList();
    BatchBuilder built =
        new BatchBuilder(usable.size(), augmenter.valuesPerStudy(), augmenter.companions(), labels);
    for (PreparedStudy study : usable) {
      built.add(study.studyId(), augmenter.plain(study, built.room()), augmenter.draw(study, 0));
    }
    return built.build();
  }
}
