package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.embedded.SharedCluster;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.PixelEncoding;
import io.radstream.schemas.Projection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.View;
import io.radstream.streams.StageConfig;
import io.radstream.streams.StreamStage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class StreamStageEndToEndTest {

  private static final String REPORT = "FINDINGS: Small left effusion. The right lung is clear.";
  private static final int STUDIES = 20;

  @TempDir private Path folder;

  /** The second instance has no local state: it must come back from the cluster. */
  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldLoseAndDoubleNothingOverARestart(KafkaConnection connection) throws Exception {
    new TopicSetup(connection).create(2);
    publish(connection, 0, STUDIES);
    send(connection, "garbage", "no Avro at all".getBytes(StandardCharsets.UTF_8));
    Path tokenizerFile = folder.resolve("tokenizer.json");
    Invocation training =
        Invocation.of(
            "tokenizer",
            "train",
            "--bootstrap=" + connection.bootstrap(),
            "--registry=" + connection.registry(),
            "--topic-prefix=" + connection.topics().prefix(),
            "--out=" + tokenizerFile,
            "--vocabulary=200",
            "--json");
    assertThat(training.exitCode()).as(training.err()).isEqualTo(Radstream.DONE);

    try (ReportTokenizer tokenizer = ReportTokenizer.load(tokenizerFile)) {
      StageConfig config = StageConfig.of(tokenizer).withSettle(Duration.ZERO);
      try (StreamStage first = StreamStage.start(connection, config, folder.resolve("first"))) {
        StageWait.untilTheFirstTuple(first);
      }
      publish(connection, STUDIES, 2 * STUDIES);
      send(connection, "study 0", bytes(connection, lateView("study 0")));
      try (StreamStage second = StreamStage.start(connection, config, folder.resolve("second"))) {
        StageWait.untilAllIsDone(second);
      }
    }

    List<StudyTuple> tuples = read(connection, Topic.TUPLES_TRAIN, StudyTuple.class);
    tuples.addAll(read(connection, Topic.TUPLES_VALIDATION, StudyTuple.class));
    List<String> expected =
        new ArrayList<>(
            IntStream.range(0, 2 * STUDIES).mapToObj(i -> "study " + i + "/1").toList());
    expected.add("study 0/2");
    assertThat(tuples)
        .extracting(tuple -> tuple.getStudyId() + "/" + tuple.getRevision())
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(read(connection, Topic.STUDIES_REJECTED, RejectedStudy.class))
        .extracting(RejectedStudy::getReason)
        .containsExactly(RejectionReason.NOT_AVRO);
  }

  @Test
  void shouldSayWhichOptionIsWrong() {
    Invocation noTokenizer = Invocation.of("streams");
    Invocation noTime = Invocation.of("streams", "--tokenizer=t.json", "--settle=soon");
    Invocation noRule = Invocation.of("streams", "--tokenizer=t.json", "--reports=some");

    assertThat(noTokenizer.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(noTokenizer.err()).contains("--tokenizer");
    assertThat(noTime.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(noTime.err()).contains("500ms, 10s, 5m, 2h or 7d");
    assertThat(noRule.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(noRule.err()).contains("--reports").containsIgnoringCase("required, optional");
  }

  @Test
  void shouldNotReplaceATokenizerUnasked(KafkaConnection connection) throws Exception {
    Path existing = Files.writeString(folder.resolve("tokenizer.json"), "mine");

    Invocation training =
        Invocation.of(
            "tokenizer",
            "train",
            "--bootstrap=" + connection.bootstrap(),
            "--registry=" + connection.registry(),
            "--out=" + existing);

    assertThat(training.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(training.err()).contains("exists already");
    assertThat(existing).hasContent("mine");
  }

  private static void publish(KafkaConnection connection, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      String id = "study " + i;
      Report report = Report.newBuilder().setText(REPORT).setStatus(ReportStatus.FINAL).build();
      send(connection, id, bytes(connection, study(id, i, report)));
    }
  }

  private static Study lateView(String id) throws Exception {
    return study(id, 1000, null);
  }

  private static Study study(String id, int number, Report report) throws Exception {
    byte[] gray = new byte[64 * 64];
    CounterRandom.of(number, "pixels").nextBytes(gray);
    byte[] png = ImageEncoder.png(new GrayImage(64, 64, gray));
    View view =
        View.newBuilder()
            .setViewId("view " + number)
            .setProjection(Projection.PA)
            .setEncoding(PixelEncoding.PNG)
            .setPixels(ByteBuffer.wrap(png))
            .setWidth(64)
            .setHeight(64)
            .setOriginalWidth(64)
            .setOriginalHeight(64)
            .setSha256(Sha256.of(png))
            .build();
    return Study.newBuilder()
        .setStudyId(id)
        .setPatientId("patient of " + id)
        .setSource("test")
        .setViews(List.of(view))
        .setReport(report)
        .build();
  }

  private static byte[] bytes(KafkaConnection connection, Study study) {
    try (RecordSerde<Study> serde = RecordSerde.of(Study.class, connection);
        Serializer<Study> serializer = serde.serializer()) {
      return serializer.serialize(connection.topics().of(Topic.STUDIES), study);
    }
  }

  private static void send(KafkaConnection connection, String key, byte[] value) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            connection.producerConfig(), new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(connection.topics().of(Topic.STUDIES), key, value)).get();
    }
  }

  /** All committed records of a topic. */
  private static <T extends SpecificRecord> List<T> read(
      KafkaConnection connection, Topic topic, Class<T> type) {
    String name = connection.topics().of(topic);
    try (RecordSerde<T> serde = RecordSerde.of(type, connection);
        KafkaConsumer<byte[], T> consumer =
            new KafkaConsumer<>(
                connection.consumerConfig(), new ByteArrayDeserializer(), serde.deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(name).stream()
              .map(info -> new TopicPartition(name, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<T> values = new ArrayList<>();
      while (consumer.endOffsets(partitions).entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }
}
