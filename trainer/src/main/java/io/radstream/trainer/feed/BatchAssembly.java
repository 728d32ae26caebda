package io.radstream.trainer.feed;

import io.radstream.model.network.StudyBatch;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.augment.ShownStudy;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.timing.Phase;
import io.radstream.trainer.timing.PhaseTimes;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * Augments drafted studies and puts them together. Thread-safe.
 *
 * @param shards equal parts that a whole batch is learned from in
 */
public record BatchAssembly(Augmenter augmenter, StudyLabels labels, int shards, PhaseTimes times) {

  /**
   * @param reads of the studies, in the same order
   * @param share of the batch that they are
   */
  public AssembledShare assemble(List<Read> reads, List<PreparedStudy> studies, Share share) {
    return times.during(
        Phase.AUGMENT, () -> together(reads, studies, Math.max(1, shards / share.ranks())));
  }

  /** Whole batches. */
  public Assembling by(ExecutorService workers) {
    return draft -> workers.submit(() -> whole(draft));
  }

  private TrainingBatch whole(Draft draft) {
    AssembledShare all = assemble(draft.reads(), draft.studies(), Share.WHOLE);
    return TrainingBatch.of(draft, all, all.digests(), all.unmirrorable());
  }

  private AssembledShare together(
      List<Read> reads, List<PreparedStudy> drafted, int shardsOfShare) {
    BatchBuilder batch =
        new BatchBuilder(
            drafted.size(),
            shardsOfShare,
            augmenter.valuesPerStudy(),
            augmenter.companions(),
            labels);
    int unmirrorable = 0;
    for (int i = 0; i < drafted.size(); i++) {
      PreparedStudy study = drafted.get(i);
      long epoch = reads.get(i).draw();
      ShownStudy shown = augmenter.augment(study, epoch, batch.room());
      batch.add(study.studyId(), shown, augmenter.draw(study, epoch));
      unmirrorable += shown.mirrorable() ? 0 : 1;
    }
    StudyBatch studies = batch.build();
    return new AssembledShare(studies, BatchDigest.ofShards(studies, shardsOfShare), unmirrorable);
  }
}
