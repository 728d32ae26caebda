package io.radstream.trainer.tuples;

import io.radstream.schemas.Topic;
import io.radstream.schemas.log.OffsetRange;
import java.util.List;

/**
 * What a run may read of a partition of a source's topic.
 *
 * @param source its name in the run's configuration
 * @param records in the range; 0 as well where they were not counted, as in older versions
 */
public record SourceRange(String source, String topic, OffsetRange range, long records) {

  /** Where the records are not counted. */
  public SourceRange(String source, String topic, OffsetRange range) {
    this(source, topic, range, 0);
  }

  /** Whether it is known how many records it has. */
  public boolean countsRecords() {
    return records > 0 || range.begin() == range.end();
  }

  /** Those of a source's topic, whatever prefix it has. */
  public static List<SourceRange> of(String source, Topic topic, List<SourceRange> ranges) {
    return ranges.stream()
        .filter(range -> range.source().equals(source))
        .filter(range -> range.topic().endsWith(topic.suffix()))
        .toList();
  }
}
