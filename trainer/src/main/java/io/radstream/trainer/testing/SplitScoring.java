package io.radstream.trainer.testing;

import io.radstream.checkpoints.CalibratedFinding.Scored;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.schemas.Topic;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.TupleReader;
import io.radstream.trainer.tuples.TupleRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * @param withdrawn by study id
   * @param device that the networks compute on
   * @param manner how findings are told
   */
  public SplitScoring(
      SplitStudies studies,
      Predicate<String> withdrawn,
      ComputeDevice device,
      ScoringManner manner) {
    this.studies = studies;
    this.withdrawn = withdrawn;
    this.device = device;
    this.manner = manner;
  }

  /**
   * @throws IOException where a file of the checkpoint is missing or damaged
   * @throws IllegalArgumentException where the checkpoint cannot tell findings in this manner
   * @throws IllegalStateException where a topic no longer holds what was found
   * @throws CancellationException where the listener requested a stop
   */
  public ScoredSplit score(Checkpoint checkpoint, ScoringListener listener) throws IOException {
    checkpoint.verify();
    ModelConfig model = checkpoint.model();
    List<Scored> ways = manner.ways(checkpoint);
    List<String> findings = ways.stream().map(Scored::finding).toList();
    listener.begins(studies.size());
    try (FindingNetwork network = manner.open(checkpoint, device)) {
      ScoredStudies scored = new ScoredStudies(model, network, withdrawn);
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
