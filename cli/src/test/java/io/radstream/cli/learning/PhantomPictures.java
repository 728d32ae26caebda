package io.radstream.cli.learning;

import io.radstream.model.network.CompanionKind;
import io.radstream.model.network.StudyBatch;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ModelInput;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.DecodedViews;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.augment.ReportMirroring;
import io.radstream.trainer.augment.ReportTokens;
import io.radstream.trainer.config.Augmentation;
import io.radstream.trainer.feed.BatchBuilder;
import io.radstream.trainer.labels.StudyLabels;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Batches of phantoms as a run sees them, without reports. */
final class PhantomPictures {

  private final Augmenter augmenter;
  private final List<PreparedStudy> studies;

  /**
   * @param seed of the phantoms
   */
  PhantomPictures(int side, Set<CompanionKind> companions, long seed, int studies) {
    ModelInput input = new ModelInput(side);
    this.augmenter =
        new Augmenter(1, Augmentation.paper(), input, new ReportMirroring.Never(), companions);
    PhantomGenerator generator = new PhantomGenerator(input.resizedSide(), 3);
    this.studies =
        LongStream.range(0, studies)
            .mapToObj(index -> prepared(generator, input, seed, index))
            .toList();
  }

  private static PreparedStudy prepared(
      PhantomGenerator generator, ModelInput input, long seed, long index) {
    GrayImage[] views =
        generator.study(seed, index).views().stream()
            .map(view -> input.resize(view.image()))
            .toArray(GrayImage[]::new);
    ReportTokens none = ReportTokens.shared(new int[0]);
    return new PreparedStudy("phantom " + index, 1, DecodedViews.of(views), none, Optional.empty());
  }

  /** All of them as an epoch shows them. */
  StudyBatch shown(long epoch) {
    BatchBuilder batch =
        new BatchBuilder(
            studies.size(), augmenter.valuesPerStudy(), augmenter.companions(), StudyLabels.none());
    for (PreparedStudy study : studies) {
      batch.add(study.studyId(), augmenter.augment(study, epoch, batch.room()));
    }
    return batch.build();
  }
}
