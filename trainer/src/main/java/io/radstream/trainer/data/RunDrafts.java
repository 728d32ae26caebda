package io.radstream.trainer.data;

import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.feed.ArrivalDrafts;
import io.radstream.trainer.feed.ArrivalStream;
import io.radstream.trainer.feed.Drafts;
import io.radstream.trainer.feed.EpochDrafts;
import io.radstream.trainer.feed.SourcePosition;
import io.radstream.trainer.feed.Studies;
import io.radstream.trainer.kafka.SourceTopics;
import java.util.List;
import java.util.function.Function;

/**
 * Which studies the steps of a run learn from behind those that its ledger has.
 *
 * @param ahead fetches them
 */
record RunDrafts(RunBasis basis, RunStudies studies, Studies ahead) {

  /**
   * @param step that the line has behind it
   * @param position where reading a source goes on
   */
  Drafts behind(long step, Function<String, SourcePosition> position) {
    return config().follow().on() ? arrivals(step, position) : epochs(step, position);
  }

  private RunConfig config() {
    return basis.config();
  }

  private Drafts arrivals(long step, Function<String, SourcePosition> position) {
    List<SourceTopics> sources = studies.parts().stream().map(RunStudies.Part::source).toList();
    return new ArrivalDrafts(
        basis.dataSeed(),
        step,
        config().batch(),
        config().follow(),
        sources.stream().map(source -> arrivals(source, position.apply(source.name()))).toList(),
        sources.stream().map(SourceTopics::weight).toList());
  }

  private ArrivalStream arrivals(SourceTopics source, SourcePosition position) {
    return new ArrivalStream(
        position,
        source.connection().topics().of(Topic.TUPLES_TRAIN),
        source.clients().consumer(),
        new RecordReader<>(StudyTuple.class, source.connection()),
        basis.check(),
        ahead,
        config().follow().replayWindow(),
        basis.start().arrangement());
  }

  private Drafts epochs(long step, Function<String, SourcePosition> position) {
    return new EpochDrafts(
        basis.dataSeed(),
        basis.start().arrangement(),
        step,
        config().batch(),
        config().leastOfABatch(),
        studies.parts().stream()
            .map(
                part ->
                    new EpochDrafts.Part(
                        position.apply(part.source().name()), part.source().weight(), part.train()))
            .toList(),
        ahead,
        config().data().prefetch());
  }
}
