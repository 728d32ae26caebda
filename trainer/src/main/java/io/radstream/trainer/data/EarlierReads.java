package io.radstream.trainer.data;

import io.radstream.schemas.Topic;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.SourceStudies;
import io.radstream.trainer.tuples.TupleIndex;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an earlier process of a run read.
 *
 * @param ranges of all topics; empty for a new run
 * @param studies which tuples of these it found to learn from; empty where that is not known
 */
public record EarlierReads(List<SourceRange> ranges, List<SourceStudies> studies) {

  /** Of a new run. */
  public static final EarlierReads NONE = new EarlierReads(List.of(), List.of());

  public EarlierReads {
    ranges = List.copyOf(ranges);
    studies = List.copyOf(studies);
  }

  List<OffsetRange> ranges(SourceTopics source, Topic topic) {
    return of(source, topic).map(SourceRange::range).toList();
  }

  private Stream<SourceRange> of(SourceTopics source, Topic topic) {
    String name = source.connection().topics().of(topic);
    return ranges.stream()
        .filter(range -> range.source().equals(source.name()) && range.topic().equals(name));
  }

  /**
   * A record that has gone since from between others would put all that are left in another order.
   *
   * @param found in the same ranges now
   * @throws TrainingException where a range has not as many records as it had
   */
  void requireAllThere(SourceTopics source, Topic topic, TupleIndex found) {
    of(source, topic)
        .filter(SourceRange::countsRecords)
        .forEach(range -> requireAllThere(range, found.records().count(range.range().partition())));
  }

  private static void requireAllThere(SourceRange range, long now) {
    if (now != range.records()) {
      throw new TrainingException(
          "%s-%d had %d records at the offsets %d to %d when the run began, and has %d now: was it compacted (cleanup.policy), or made again? The run cannot go on; begin a new one of the line with --new-run"
              .formatted(
                  range.topic(),
                  range.range().partition(),
                  range.records(),
                  range.range().begin(),
                  range.range().end(),
                  now));
    }
  }

  Optional<SourceStudies> studies(SourceTopics source, Topic topic) {
    String name = source.connection().topics().of(topic);
    return studies.stream()
        .filter(found -> found.source().equals(source.name()) && found.topic().equals(name))
        .findFirst();
  }
}
