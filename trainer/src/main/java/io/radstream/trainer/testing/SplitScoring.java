package io.radstream.trainer.testing;

import io.radstream.checkpoints.CalibratedFinding.Scored;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.objects.ClaimedObjects;
import io.radstream.schemas.Topic;
import io.radstream.trainer.augment.ViewSource;
import io.radstream.trainer.checkpoint.CheckpointConfig;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.TupleReader;
import io.radstream.trainer.tuples.TupleRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

/**
 * Scores the studies of a split with checkpoints. What comes out is a function of the checkpoint,
 * the manner, the ranges and the device.
 */
public final class SplitScoring {

  private final SplitStudies studies;
  private final Predicate<String> withdrawn;
  private final ComputeDevice device;
  private final ScoringManner manner;
  private final Optional<ClaimedObjects> originals;

  /** Of checkpoints that were trained on published views. */
  public SplitScoring(
      SplitStudies studies,
      Predicate<String> withdrawn,
      ComputeDevice device,
      ScoringManner manner) {
    this(studies, withdrawn, device, manner, Optional.empty());
  }

  /**
   * @param withdrawn by study id
   * @param device that the networks compute on
   * @param manner how findings are told
   * @param originals where pictures at full resolution are read; empty where nobody has said
   */
  public SplitScoring(
      SplitStudies studies,
      Predicate<String> withdrawn,
      ComputeDevice device,
      ScoringManner manner,
      Optional<ClaimedObjects> originals) {
    this.studies = studies;
    this.withdrawn = withdrawn;
    this.device = device;
    this.manner = manner;
    this.originals = originals;
  }

  /**
   * @throws IOException where a file of the checkpoint is missing or damaged
   * @throws IllegalArgumentException where the checkpoint cannot tell findings in this manner
   * @throws io.radstream.trainer.config.InvalidConfigException where the checkpoint was trained on
   *     pictures at full resolution, and nobody has said where they are
   * @throws io.radstream.trainer.augment.MissingOriginalException where one is not to be had
   * @throws IllegalStateException where a topic no longer holds what was found
   * @throws CancellationException where the listener requested a stop
   */
  public ScoredSplit score(Checkpoint checkpoint, ScoringListener listener) throws IOException {
    checkpoint.verify();
    ModelConfig model = checkpoint.model();
    ViewSource views = ViewSource.of(CheckpointConfig.of(checkpoint), originals, withdrawn);
    List<Scored> ways = manner.ways(checkpoint);
    List<String> findings = ways.stream().map(Scored::finding).toList();
    listener.begins(studies.size());
    try (FindingNetwork network = manner.open(checkpoint, device)) {
      ScoredStudies scored = new ScoredStudies(model, network, views, withdrawn);
      List<SourceRange> ranges = new ArrayList<>(studies.ranges());
      for (SplitStudies.Part part : studies.parts()) {
        StudyLabels labels = part.known(findings);
        part.ranges(Topic.LABELS, labels.ranges()).forEach(ranges::add);
        score(part, labels, scored, listener);
      }
      return new ScoredSplit(ways, scored.all(), ranges, scored.omitted());
    }
  }

  private void score(
      SplitStudies.Part part, StudyLabels labels, ScoredStudies scored, ScoringListener listener) {
    List<TupleRef> refs = part.refs();
    try (TupleReader reader =
        TupleReader.open(part.source().clients(), part.source().connection(), studies.split())) {
      for (int from = 0; from < refs.size(); from += ScoredStudies.TOGETHER) {
        if (listener.stopRequested()) {
          throw new CancellationException("stopped");
        }
        List<TupleRef> batch =
            refs.subList(from, Math.min(refs.size(), from + ScoredStudies.TOGETHER));
        scored.add(reader, batch, labels);
        listener.done(batch.size());
      }
    }
  }
}
