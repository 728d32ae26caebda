package io.radstream.trainer.data;

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

/** Studies that a run learns from, each by itself and without augmentation. */
public final class SingleStudies {

  /** Takes studies as they come. */
  @FunctionalInterface
  public interface Taker {

    /**
     * @param batch of this study alone
     */
    void take(TupleRef ref, PreparedStudy study, StudyBatch batch);
  }

  private final Map<String, StudyCache> studies;
  private final Augmenter augmenter;
  private final StudyLabels labels;
  private final Predicate<String> withdrawn;

  /**
   * @param studies by name of the source
   * @param withdrawn by study id
   */
  SingleStudies(
      Map<String, StudyCache> studies,
      Augmenter augmenter,
      StudyLabels labels,
      Predicate<String> withdrawn) {
    this.studies = studies;
    this.augmenter = augmenter;
    this.labels = labels;
    this.withdrawn = withdrawn;
  }

  /** Those that can be shown, in this order. */
  public void forEach(String source, List<TupleRef> refs, Taker taker) {
    for (TupleRef ref : refs) {
      PreparedStudy study = studies.get(source).get(ref, List.of(ref));
      if (study.hasView() && !withdrawn.test(study.studyId())) {
        BatchBuilder built =
            new BatchBuilder(1, augmenter.valuesPerStudy(), augmenter.companions(), labels);
        built.add(study.studyId(), augmenter.plain(study, built.room()), augmenter.draw(study, 0));
        taker.take(ref, study, built.build());
      }
    }
  }
}
