package io.radstream.serving.calibration;

import io.radstream.radiology.study.StudyViews;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.EncodedView;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.Patience;
import io.radstream.schemas.log.TopicConsumer;
import io.radstream.schemas.log.WithdrawnNow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Draws studies of {@code tuples.train}, wherever they stand; none that was withdrawn. */
public final class TrainingTuples implements KnownStudies {

  private static final Duration POLL = Duration.ofSeconds(1);

  private final KafkaConnection connection;
  private final List<OffsetRange> ranges;
  private final int most;

  /**
   * @param ranges to draw from; empty for all that is there
   * @param most studies; revisions of one count once, so that it may be fewer
   */
  public TrainingTuples(KafkaConnection connection, List<OffsetRange> ranges, int most) {
    this.connection = connection;
    this.ranges = List.copyOf(ranges);
    this.most = most;
  }

  @Override
  public List<StudyViews> draw(String checkpointId) {
    Set<String> withdrawn = WithdrawnNow.of(KafkaClients.of(connection), connection);
    Map<String, StudyTuple> drawn = new LinkedHashMap<>();
    RecordReader<StudyTuple> reader = new RecordReader<>(StudyTuple.class, connection);
    try (TopicConsumer log =
        new TopicConsumer(
            KafkaClients.of(oneBatchAtATime()).consumer(),
            connection.topics().of(Topic.TUPLES_TRAIN),
            Patience.limited())) {
      List<OffsetRange> extents = extents(log);
      DrawnOffsets.of(extents, most, checkpointId)
          .forEach(
              (partition, offsets) ->
                  read(log, partition, offsets, reader)
                      .forEach(tuple -> drawn.merge(tuple.getStudyId(), tuple, this::newer)));
    }
    drawn.keySet().removeAll(withdrawn);
    return drawn.values().stream()
        .filter(tuple -> !tuple.getViews().isEmpty())
        .filter(tuple -> tuple.getViews().size() <= StudyViews.MOST_VIEWS)
        .map(TrainingTuples::views)
        .toList();
  }

  private StudyTuple newer(StudyTuple one, StudyTuple other) {
    return other.getRevision() >= one.getRevision() ? other : one;
  }

  /** Records lie far apart, so that what comes with them is fetched for nothing. */
  private KafkaConnection oneBatchAtATime() {
    Map<String, String> properties = new HashMap<>(connection.properties());
    properties.put("fetch.max.bytes", "1");
    properties.put("max.partition.fetch.bytes", "1");
    return new KafkaConnection(
        connection.bootstrap(), connection.registry(), connection.topics(), properties);
  }

  private List<OffsetRange> extents(TopicConsumer log) {
    List<TopicPartition> partitions = log.partitions();
    Map<TopicPartition, Long> begins = log.begins(partitions);
    Map<TopicPartition, Long> ends = log.ends(partitions);
    List<OffsetRange> extents = new ArrayList<>();
    for (TopicPartition at : partitions) {
      long begin = begins.get(at);
      long end = ends.get(at);
      if (ranges.isEmpty()) {
        extents.add(new OffsetRange(at.partition(), begin, end));
      }
      ranges.stream()
          .filter(range -> range.partition() == at.partition())
          .map(range -> within(range, begin, end))
          .forEach(extents::add);
    }
    return extents;
  }

  /** What is gone, or not there yet, is not drawn. */
  private static OffsetRange within(OffsetRange range, long begin, long end) {
    long from = Math.min(Math.max(range.begin(), begin), end);
    return new OffsetRange(range.partition(), from, Math.max(from, Math.min(range.end(), end)));
  }

  /** The record at each offset, or the next one: marks of transactions are no records. */
  private static List<StudyTuple> read(
      TopicConsumer log, int number, NavigableSet<Long> offsets, RecordReader<StudyTuple> reader) {
    TopicPartition partition = new TopicPartition(log.topic(), number);
    log.assign(List.of(partition));
    long end = log.ends(List.of(partition)).get(partition);
    List<StudyTuple> tuples = new ArrayList<>();
    for (long offset : offsets) {
      next(log, partition, offset, end)
          .map(record -> log.decode(() -> reader.read(log.topic(), record.value())))
          .ifPresent(
              read -> {
                if (read instanceof Decoded.Valid<StudyTuple> valid) {
                  tuples.add(valid.value());
                }
              });
    }
    return tuples;
  }

  private static Optional<ConsumerRecord<byte[], byte[]>> next(
      TopicConsumer log, TopicPartition partition, long offset, long end) {
    log.seek(partition, offset);
    while (log.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : log.await(POLL)) {
        return Optional.of(record);
      }
    }
    return Optional.empty();
  }

  private static StudyViews views(StudyTuple tuple) {
    return new StudyViews(
        Optional.empty(), tuple.getViews().stream().map(EncodedView::bytes).toList());
  }
}
