package io.radstream.streams;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.UsePartitionTimeOnInvalidTimestamp;

/** Settings of Kafka Streams; whatever the connection's own properties name wins. */
final class StageProperties {

  private static final String SESSION_TIMEOUT_MILLIS = "10000";

  /** Each commit writes a mark into every partition that was written to. */
  private static final int COMMIT_MILLIS = 300;

  /** Records are large: so many of each partition wait in memory at most, and come at a time. */
  private static final int RECORDS_WAITING = 32;

  private static final int FETCH_BYTES = 4 * 1024 * 1024;

  private StageProperties() {}

  /** Names the consumer group, the transactions and the changelogs of the stage. */
  static String applicationId(KafkaConnection connection) {
    return connection.topics().prefix() + "radstream-streams";
  }

  /**
   * @param memory of the state; stays open as long as Kafka Streams runs
   */
  static Properties of(KafkaConnection connection, Path stateDir, int threads, StateMemory memory) {
    String largestRecord = Topic.STUDIES.creationConfig().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(connection));
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(
        StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG,
        UsePartitionTimeOnInvalidTimestamp.class);
    properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), largestRecord);
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), largestRecord);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
    properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RECORDS_WAITING);
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), RECORDS_WAITING);
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
        FETCH_BYTES);
    // After a crash another instance takes over in seconds.
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        SESSION_TIMEOUT_MILLIS);
    properties.putAll(memory.properties());
    properties.putAll(connection.clientConfig());
    return properties;
  }
}
