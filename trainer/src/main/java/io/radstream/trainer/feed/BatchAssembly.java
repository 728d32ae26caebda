package io.radstream.trainer.feed;

import io.radstream.model.network.StudyBatch;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.augment.ShownStudy;
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
        new BatchBuilder(
            draft.studies().size(), augmenter.valuesPerStudy(), augmenter.companions(), labels);
    int unmirrorable = 0;
    for (int i = 0; i < draft.studies().size(); i++) {
      PreparedStudy study = draft.studies().get(i);
      long epoch = draft.reads().get(i).draw();
      ShownStudy shown = augmenter.augment(study, epoch, batch.room());
      batch.add(study.studyId(), shown, augmenter.draw(study, epoch));
      unmirrorable += shown.mirrorable() ? 0 : 1;
    }
    StudyBatch studies = batch.build();
    return new TrainingBatch(studies, draft, BatchDigest.of(studies), unmirrorable);
  }
}
