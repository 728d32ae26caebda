package io.radstream.streams;

import io.radstream.radiology.Sha256;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordDigest;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.ViewedStudy;
import io.radstream.schemas.trace.TraceHeader;
import io.radstream.schemas.trace.Tracing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The topology without a broker: records in at given stream times, records out. */
final class StageDriver implements AutoCloseable {

  static final ReportTokenizer TOKENIZER = tokenizer(Studies.REPORT, Studies.REPORT);

  /** Of the report encoder, where it has one of its own: it knows other words. */
  static final ReportTokenizer ENCODER_TOKENIZER = tokenizer("left or right", "right or left");

  /** Emits at once. */
  static final StageConfig CONFIG =
      StageConfig.of(TOKENIZER)
          .withSettle(Duration.ZERO)
          .withDeadline(Duration.ofMinutes(10))
          .withKeep(Duration.ofHours(1))
          .withValidationShare(0);

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final KafkaConnection connection;
  private final StageCounters counters = new StageCounters();
  private final StateMemory memory = new StateMemory();
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> studies;
  private final Map<Long, Optional<PartRecord>> log = new HashMap<>();

  StageDriver(StageConfig config, Path stateDir) {
    this(Studies.CONNECTION, config, stateDir);
  }

  StageDriver(KafkaConnection connection, StageConfig config, Path stateDir) {
    this(connection, config, stateDir, Long.MAX_VALUE);
  }

  /**
   * @param cacheBytes of records that need not be read again
   */
  StageDriver(KafkaConnection connection, StageConfig config, Path stateDir, long cacheBytes) {
    this(connection, config, stateDir, cacheBytes, Tracing.off());
  }

  StageDriver(
      KafkaConnection connection,
      StageConfig config,
      Path stateDir,
      long cacheBytes,
      Tracing tracing) {
    this.connection = connection;
    Properties properties = StageProperties.of(connection, stateDir, 1, memory);
    PartCache cache = new PartCache(cacheBytes);
    this.driver =
        new TopologyTestDriver(
            StudyTopology.build(
                connection,
                config,
                counters,
                new StageSpans(tracing),
                partition -> new StudyParts(partition, cache, new Log())),
            properties,
            START);
    this.studies =
        driver.createInputTopic(
            connection.topics().of(Topic.STUDIES),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * @param second stream time
   */
  void publish(Study study, double second) {
    publish(study.getStudyId(), Studies.bytes(study), second);
  }

  void publish(String key, byte[] value, double second) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    log(value, new RecordHeaders());
    studies.pipeInput(keyBytes, value, START.plusMillis(Math.round(second * 1000)));
  }

  /** As by the topic's retention. */
  void loseLog() {
    log.replaceAll((offset, value) -> Optional.empty());
  }

  /** As one whose sender vouches for its pictures. */
  void publishEncoded(Study study, double second) {
    publishEncoded(study, RecordDigest.of(Studies.bytes(study)).bytes(), second);
  }

  /**
   * @param word of its sender
   */
  void publishEncoded(Study study, byte[] word, double second) {
    Headers headers = new RecordHeaders().add(Topic.ENCODED_HEADER, word);
    publish(study.getStudyId(), Studies.bytes(study), headers, second);
  }

  /**
   * @param rejection that it is sent again for
   */
  void redrive(String key, byte[] value, String rejection, double second) {
    Headers headers =
        new RecordHeaders().add(Topic.REDRIVE_HEADER, rejection.getBytes(StandardCharsets.UTF_8));
    publish(key, value, headers, second);
  }

  private void log(byte[] value, Headers headers) {
    log.put(
        (long) log.size(),
        Optional.ofNullable(value).map(it -> new PartRecord(it, TraceHeader.read(headers))));
  }

  void publish(String key, byte[] value, Headers headers, double second) {
    log(value, headers);
    studies.pipeInput(
        new TestRecord<>(
            key.getBytes(StandardCharsets.UTF_8),
            value,
            headers,
            START.plusMillis(Math.round(second * 1000))));
  }

  /** What was published, unless it was cut; the topology is given each record at once. */
  private final class Log implements PartSource {

    @Override
    public Optional<PartRecord> read(long offset) {
      return log.getOrDefault(offset, Optional.empty());
    }

    @Override
    public boolean hasMore(long offset) {
      return offset + 1 < log.size();
    }
  }

  /** The topic's retention takes what has been published so far. */
  void cutTopic() {
    log.replaceAll((offset, value) -> Optional.empty());
  }

  /** What is in a store; keys and values. */
  KeyValueStore<Bytes, byte[]> store(String name) {
    return driver.getKeyValueStore(name);
  }

  /** As though all that was done were committed. */
  StageStatus status() {
    counters.committed();
    return counters.status(true);
  }

  /** Nothing is published for so long. */
  void silence(Duration duration) {
    driver.advanceWallClockTime(duration);
  }

  List<StudyTuple> tuples() {
    return values(Topic.TUPLES_TRAIN, StudyTuple.class);
  }

  List<StudyTuple> validationTuples() {
    return values(Topic.TUPLES_VALIDATION, StudyTuple.class);
  }

  List<StudyTuple> testTuples() {
    return values(Topic.TUPLES_TEST, StudyTuple.class);
  }

  List<RejectedStudy> rejections() {
    return values(Topic.STUDIES_REJECTED, RejectedStudy.class);
  }

  List<ViewedStudy> views() {
    return values(Topic.STUDIES_VIEWS, ViewedStudy.class);
  }

  /** Everything that has come out, topic by topic, as text: key, time and value. */
  List<String> everything() {
    List<String> all = new ArrayList<>();
    for (Topic topic :
        List.of(
            Topic.TUPLES_TRAIN,
            Topic.TUPLES_VALIDATION,
            Topic.TUPLES_TEST,
            Topic.STUDIES_REJECTED)) {
      for (TestRecord<byte[], byte[]> out : records(topic)) {
        String key = out.key() == null ? null : new String(out.key(), StandardCharsets.UTF_8);
        all.add(topic + " " + key + " " + out.timestamp() + " " + Sha256.of(out.value()));
      }
    }
    return all;
  }

  private <T extends SpecificRecord> List<T> values(Topic topic, Class<T> type) {
    try (RecordSerde<T> serde = RecordSerde.of(type, connection)) {
      return records(topic).stream()
          .map(out -> serde.deserializer().deserialize(connection.topics().of(topic), out.value()))
          .toList();
    }
  }

  List<TestRecord<byte[], byte[]>> records(Topic topic) {
    return driver
        .createOutputTopic(
            connection.topics().of(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  private static ReportTokenizer tokenizer(String... reports) {
    try {
      return ReportTokenizer.of(
          WordPieceTrainer.train(List.of(reports).iterator(), WordPieceTrainer.Options.DEFAULT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Kafka Streams tells of its stores under a name, by store. */
  Map<String, Object> figures(String name) {
    Map<String, Object> figures = new TreeMap<>();
    driver
        .metrics()
        .forEach(
            (metric, value) -> {
              if (metric.name().equals(name)) {
                figures.put(metric.tags().get("rocksdb-state-id"), value.metricValue());
              }
            });
    return figures;
  }

  @Override
  public void close() {
    driver.close();
    memory.close();
  }
}
