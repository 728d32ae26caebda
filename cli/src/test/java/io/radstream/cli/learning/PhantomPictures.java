package io.radstream.cli.learning;

import io.radstream.model.network.CompanionKind;
import io.radstream.model.network.StudyBatch;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.PhantomStudy;
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
import java.util.function.Function;
import java.util.stream.LongStream;

/** Batches of phantoms as a run sees them, without reports unless they are asked for. */
final class PhantomPictures {

  private final Augmenter augmenter;
  private final List<PreparedStudy> studies;

  /**
   * @param seed of the phantoms
   */
  PhantomPictures(int side, Set<CompanionKind> companions, long seed, int studies) {
    this(side, companions, seed, studies, report -> new int[0]);
  }

  /**
   * @param seed of the phantoms
   * @param reports to tokens
   */
  PhantomPictures(
      int side,
      Set<CompanionKind> companions,
      long seed,
      int studies,
      Function<String, int[]> reports) {
    ModelInput input = new ModelInput(side);
    this.augmenter =
        new Augmenter(1, Augmentation.paper(), input, new ReportMirroring.Never(), companions);
    PhantomGenerator generator = new PhantomGenerator(input.resizedSide(), 3);
    this.studies =
        LongStream.range(0, studies)
            .mapToObj(index -> prepared(generator.study(seed, index), input, reports))
            .toList();
  }

  private static PreparedStudy prepared(
      PhantomStudy study, ModelInput input, Function<String, int[]> reports) {
    GrayImage[] views =
        study.views().stream().map(view -> input.resize(view.image())).toArray(GrayImage[]::new);
    ReportTokens report = ReportTokens.shared(reports.apply(study.report()));
    return new PreparedStudy(
        "phantom " + study.index(), 1, DecodedViews.of(views), report, Optional.empty());
  }

  /** All of them as an epoch shows them. */
  StudyBatch shown(long epoch) {
    BatchBuilder batch =
        new BatchBuilder(
            studies.size(), augmenter.valuesPerStudy(), augmenter.companions(), StudyLabels.none());
    for (PreparedStudy study : studies) {
      batch.add(
          study.studyId(),
          augmenter.augment(study, epoch, batch.room()),
          augmenter.draw(study, epoch));
    }
    return batch.build();
  }
}
