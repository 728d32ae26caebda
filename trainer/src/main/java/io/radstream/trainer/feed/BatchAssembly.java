package io.radstream.trainer.feed;

import io.radstream.model.StudyBatch;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.timing.Phase;
import io.radstream.trainer.timing.PhaseTimes;

/** Augments drafted studies and puts them together. Thread-safe. */
public record BatchAssembly(Augmenter augmenter, StudyLabels labels, PhaseTimes times) {

  TrainingBatch assemble(Draft draft) {
    return times.during(Phase.AUGMENT, () -> together(draft));
  }

  private TrainingBatch together(Draft draft) {
    BatchBuilder batch =
        new BatchBuilder(draft.studies().size(), augmenter.valuesPerStudy(), labels);
    for (int i = 0; i < draft.studies().size(); i++) {
      batch.add(
          draft.studies().get(i).studyId(),
          augmenter.augment(
              draft.studies().get(i), draft.reads().get(i).draw(), batch.images(), batch.offset()));
    }
    StudyBatch studies = batch.build();
    return new TrainingBatch(studies, draft, BatchDigest.of(studies));
  }
}
