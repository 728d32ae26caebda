package io.radstream.serving.arrivals;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import io.radstream.schemas.log.UnreadableTopicException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records that scores name as their source, read one at a time. For one thread. */
final class SourceViews implements AutoCloseable {

  private record Source(TopicScan scan, ArrivalReader reader) implements AutoCloseable {

    @Override
    public void close() {
      scan.close();
    }
  }

  private final KafkaConnection connection;
  private final InstantSource clock;
  private final Map<String, Source> open = new HashMap<>();

  SourceViews(KafkaConnection connection, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
  }

  /**
   * @return empty where no such record is there any more
   */
  Optional<Arrival> read(RecordRef at) {
    Optional<Topic> topic =
        List.of(Topic.STUDIES_VIEWS, Topic.TUPLES_TRAIN, Topic.TUPLES_VALIDATION).stream()
            .filter(known -> connection.topics().of(known).equals(at.getTopic()))
            .findFirst();
    if (topic.isEmpty() || at.getOffset() < 0) {
      return Optional.empty();
    }
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    Source source = open.computeIfAbsent(at.getTopic(), name -> source(topic.get()));
    try {
      source.scan.over(
          List.of(new OffsetRange(at.getPartition(), at.getOffset(), at.getOffset() + 1)),
          found::add);
    } catch (UnreadableTopicException e) {
      return Optional.empty();
    }
    return found.stream().findFirst().map(source.reader::read);
  }

  private Source source(Topic topic) {
    return new Source(
        new TopicScan(KafkaClients.of(connection).consumer(), connection.topics().of(topic)),
        ArrivalReader.again(connection, topic, clock));
  }

  @Override
  public void close() {
    open.values().forEach(Source::close);
  }
}
