package io.radstream.trainer.replay;

import io.radstream.schemas.RecordRef;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.StudyRead;
import io.radstream.schemas.Topic;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.feed.Read;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.tuples.RecordRanks;
import io.radstream.trainer.tuples.SourceRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds what the steps of a run read on topics that were staged again, by rank. */
final class RestagedStudies implements Function<StepRecord, List<Read>> {

  private record Restaged(String source, String topic, RecordRanks records) {

    /**
     * @param before partitions that the run read; empty where that is not known
     */
    void requirePartitions(Set<Integer> before) {
      if (!before.isEmpty() && !before.equals(records.partitions())) {
        throw new TrainingException(
            "the run read %d partitions of source %s, and %s has %d: ranks count within partitions, so create the topics with --partitions %d and stage again"
                .formatted(
                    before.size(), source, topic, records.partitions().size(), before.size()));
      }
    }

    Read locate(long step, StudyRead read) {
      int partition = read.getTuple().getPartition();
      if (read.getRank() < 0) {
        throw new TrainingException(
            "step %d cannot be taken from topics that were staged again: the ledger names its studies by offset only, because an older version began the run or the run before it, or because the run had passed over studies; replay it without --sources, from the topics that it read"
                .formatted(step));
      }
      if (read.getRank() >= records.count(partition)) {
        throw new TrainingException(
            "step %d reads the tuple of rank %d in partition %d, and %s has %d records there; were all studies staged again?"
                .formatted(step, read.getRank(), partition, topic, records.count(partition)));
      }
      return new Read(
          source, records.at(partition, read.getRank()), read.getRank(), read.getDraw());
    }
  }

  private final Map<String, Restaged> sources = new HashMap<>();

  /**
   * Reads the topics once.
   *
   * @param ranges that the run read
   * @throws TrainingException where a topic has another number of partitions than then
   */
  RestagedStudies(List<SourceTopics> sources, List<SourceRange> ranges) {
    for (SourceTopics source : sources) {
      String topic = source.connection().topics().of(Topic.TUPLES_TRAIN);
      Restaged restaged =
          new Restaged(source.name(), topic, RecordRanks.read(source.clients(), topic));
      restaged.requirePartitions(
          SourceRange.of(source.name(), Topic.TUPLES_TRAIN, ranges).stream()
              .map(range -> range.range().partition())
              .collect(Collectors.toSet()));
      this.sources.put(source.name(), restaged);
    }
  }

  @Override
  public List<Read> apply(StepRecord step) {
    step.getNext()
        .forEach(
            next ->
                sources
                    .get(next.getSource())
                    .requirePartitions(
                        next.getOffsets().stream()
                            .map(RecordRef::getPartition)
                            .collect(Collectors.toSet())));
    return step.getReads().stream()
        .map(read -> sources.get(read.getSource()).locate(step.getStep(), read))
        .toList();
  }
}
