package io.radstream.trainer.data;

import io.radstream.schemas.Topic;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.SourceStudies;
import java.util.List;
import java.util.Optional;

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
    String name = source.connection().topics().of(topic);
    return ranges.stream()
        .filter(range -> range.source().equals(source.name()) && range.topic().equals(name))
        .map(SourceRange::range)
        .toList();
  }

  Optional<SourceStudies> studies(SourceTopics source, Topic topic) {
    String name = source.connection().topics().of(topic);
    return studies.stream()
        .filter(found -> found.source().equals(source.name()) && found.topic().equals(name))
        .findFirst();
  }
}
