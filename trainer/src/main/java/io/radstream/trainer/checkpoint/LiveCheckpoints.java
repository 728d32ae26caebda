package io.radstream.trainer.checkpoint;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LiveModel;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which checkpoints services have in use, as they say themselves every so often. */
public final class LiveCheckpoints {

  private static final Logger LOG = LoggerFactory.getLogger(LiveCheckpoints.class);

  /** A service that has not said anything for so long is gone. */
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final KafkaClients clients;
  private final RecordReader<LiveModel> reader;
  private final String topic;
  private final Clock clock;

  public LiveCheckpoints(KafkaClients clients, KafkaConnection connection, Clock clock) {
    this.clients = clients;
    this.reader = new RecordReader<>(LiveModel.class, connection);
    this.topic = connection.topics().of(Topic.MODELS_LIVE);
    this.clock = clock;
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
    Instant oldest = clock.instant().minus(LEASE);
    return Optional.of(
        byInstance.values().stream()
            .filter(live -> live.getTime().isAfter(oldest))
            .map(LiveModel::getCheckpointId)
            .collect(Collectors.toSet()));
  }

  private void add(ConsumerRecord<byte[], byte[]> record, Map<String, LiveModel> byInstance) {
    if (record.value() == null) {
      byInstance.remove(new String(record.key(), StandardCharsets.UTF_8));
    } else if (reader.read(topic, record.value()) instanceof Decoded.Valid<LiveModel> valid) {
      byInstance.put(valid.value().getInstance(), valid.value());
    }
  }
}
