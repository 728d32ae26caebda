package io.radstream.trainer.traits;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.Study;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import io.radstream.trainer.kafka.SourceTopics;
import java.util.HashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who published study records. */
record SiteReader(SourceTopics source) {

  /** Those that are not held any more, or cannot be read, have none. */
  Map<RecordRef, String> read(Set<RecordRef> origins) {
    Map<RecordRef, String> sites = new HashMap<>();
    origins.stream()
        .collect(Collectors.groupingBy(RecordRef::getTopic, Collectors.toSet()))
        .forEach((topic, refs) -> read(topic, refs, sites));
    return sites;
  }

  private void read(String topic, Set<RecordRef> refs, Map<RecordRef, String> sites) {
    RecordReader<Study> reader = new RecordReader<>(Study.class, source.connection());
    Map<Integer, LongSummaryStatistics> wanted =
        refs.stream()
            .collect(
                Collectors.groupingBy(
                    RecordRef::getPartition, Collectors.summarizingLong(RecordRef::getOffset)));
    try (TopicScan scan = new TopicScan(source.clients().consumer(), topic)) {
      scan.over(
          scan.extent().stream()
              .filter(held -> wanted.containsKey(held.partition()))
              .flatMap(held -> among(held, wanted.get(held.partition())).stream())
              .toList(),
          record -> {
            RecordRef ref = new RecordRef(topic, record.partition(), record.offset());
            if (refs.contains(ref)
                && reader.read(topic, record.value()) instanceof Decoded.Valid<Study> study) {
              sites.put(ref, study.value().getSource());
            }
          });
    }
  }

  private static Optional<OffsetRange> among(OffsetRange held, LongSummaryStatistics wanted) {
    long begin = Math.max(held.begin(), wanted.getMin());
    long end = Math.min(held.end(), wanted.getMax() + 1);
    return begin < end
        ? Optional.of(new OffsetRange(held.partition(), begin, end))
        : Optional.empty();
  }
}
