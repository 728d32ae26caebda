package io.radstream.trainer.checkpoint;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LiveModel;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which checkpoints services have in use, as they say themselves every so often. Their clocks need
 * not agree with this one, which may be set meanwhile: what counts is for how long they have said
 * nothing new, by a clock that only goes forward. So one that was there at the first look counts
 * for a while, even if it is gone.
 */
public final class LiveCheckpoints {

  private static final Logger LOG = LoggerFactory.getLogger(LiveCheckpoints.class);

  /** A service that has not said anything for so long is gone. */
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final KafkaClients clients;
  private final RecordReader<LiveModel> reader;
  private final String topic;
  private final LongSupplier nanos;
  private Map<String, Heard> heard = Map.of();

  /** What an instance said last, and when that was first seen here. */
  private record Heard(LiveModel said, long since) {}

  /**
   * @param nanos a clock that only goes forward
   */
  public LiveCheckpoints(KafkaClients clients, KafkaConnection connection, LongSupplier nanos) {
    this.clients = clients;
    this.reader = new RecordReader<>(LiveModel.class, connection);
    this.topic = connection.topics().of(Topic.MODELS_LIVE);
    this.nanos = nanos;
  }

  /** Ids of checkpoints; empty where it is not known, so that nothing may be deleted now. */
  public Optional<Set<String>> inUse() {
    Map<String, LiveModel> byInstance = new HashMap<>();
    try (TopicScan scan = new TopicScan(clients.consumer(), topic)) {
      scan.toEnd(record -> add(record, byInstance));
    } catch (KafkaException | IllegalStateException e) {
      LOG.warn(
          "no checkpoint is deleted now, as it is not known which are in use: {}", e.getMessage());
      return Optional.empty();
    }
    long now = nanos.getAsLong();
    heard =
        byInstance.values().stream()
            .collect(Collectors.toMap(LiveModel::getInstance, said -> heard(said, now)));
    return Optional.of(
        heard.values().stream()
            .filter(last -> now - last.since() < LEASE.toNanos())
            .map(last -> last.said().getCheckpointId())
            .collect(Collectors.toSet()));
  }

  private Heard heard(LiveModel said, long now) {
    Heard last = heard.get(said.getInstance());
    return last != null && last.said().equals(said) ? last : new Heard(said, now);
  }

  private void add(ConsumerRecord<byte[], byte[]> record, Map<String, LiveModel> byInstance) {
    if (record.value() == null) {
      byInstance.remove(new String(record.key(), StandardCharsets.UTF_8));
    } else if (reader.read(topic, record.value()) instanceof Decoded.Valid<LiveModel> valid) {
      byInstance.put(valid.value().getInstance(), valid.value());
    }
  }
}
