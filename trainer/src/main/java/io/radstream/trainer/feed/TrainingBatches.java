package io.radstream.trainer.feed;

import io.radstream.model.StudyBatch;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.tuples.BatchOrder;
import io.radstream.trainer.tuples.BatchOrder.Place;

/**
 * Batches in the run's order, augmented anew each epoch. A study of which no view can be decoded
 * gives its place to the next of the epoch's order, so that a batch is always full, never holds a
 * study twice, and is the same in every run.
 */
public final class TrainingBatches implements BatchSource {

  private final BatchOrder order;
  private final StudyCache studies;
  private final Augmenter augmenter;
  private final StudyLabels labels;
  private final int size;

  public TrainingBatches(
      BatchOrder order, StudyCache studies, Augmenter augmenter, StudyLabels labels, int size) {
    this.order = order;
    this.studies = studies;
    this.augmenter = augmenter;
    this.labels = labels;
    this.size = size;
  }

  @Override
  public StudyBatch make(long step) {
    Place place = order.place(step);
    BatchBuilder batch = new BatchBuilder(size, augmenter.valuesPerStudy(), labels);
    for (int i = 0; !batch.isFull(); i++) {
      PreparedStudy study = study(place, i);
      if (study.hasView()) {
        batch.add(
            study.studyId(),
            augmenter.augment(study, place.epoch(), batch.images(), batch.offset()));
      }
    }
    return batch.build();
  }

  private PreparedStudy study(Place place, int index) {
    if (index == order.size()) {
      throw new IllegalStateException(
          "fewer than %d studies, a batch, have an image that can be decoded".formatted(size));
    }
    return studies.get(order.candidate(place, index), () -> order.group(place, index));
  }
}
