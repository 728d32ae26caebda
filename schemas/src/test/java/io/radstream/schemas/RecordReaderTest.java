package io.radstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

  private static final KafkaConnection CONNECTION =
      new KafkaConnection("unused:9092", "mock://record-reader", new TopicNames(""));
  private static final String TOPIC = CONNECTION.topics().of(Topic.STUDIES);

  private final RecordReader<Study> reader = new RecordReader<>(Study.class, CONNECTION);

  @Test
  void shouldReadBackWhatWasWritten() {
    Study study = study();

    Decoded<Study> decoded = reader.read(TOPIC, serialize(study));

    assertThat(decoded).isEqualTo(new Decoded.Valid<>(study));
  }

  /** Views had a field then that nothing ever set. */
  @Test
  void shouldReadAStudyOfBeforeThereWereOriginals() throws IOException {
    Schema third = new Schema.Parser().parse(Path.of("history/Study/v3.avsc").toFile());
    View view = view();
    GenericRecord before =
        new GenericData.Record(third.getField("views").schema().getElementType());
    copy(view, before);
    before.put("sourceUri", "file:somewhere");
    GenericRecord written = new GenericData.Record(third);
    copy(study(), written);
    written.put("views", List.of(before));
    try (KafkaAvroSerializer writer = new KafkaAvroSerializer()) {
      writer.configure(CONNECTION.registryConfig(), false);

      Decoded<Study> decoded = reader.read(TOPIC, writer.serialize(TOPIC, written));

      assertThat(decoded)
          .isEqualTo(
              new Decoded.Valid<>(Study.newBuilder(study()).setViews(List.of(view)).build()));
    }
  }

  /** Fields that both have. */
  private static void copy(SpecificRecord from, GenericRecord to) {
    from.getSchema().getFields().stream()
        .filter(field -> to.getSchema().getField(field.name()) != null)
        .forEach(field -> to.put(field.name(), from.get(field.pos())));
  }

  private static View view() {
    return View.newBuilder()
        .setViewId("v1")
        .setEncoding(PixelEncoding.PNG)
        .setPixels(ByteBuffer.wrap(new byte[] {1, 2, 3}))
        .setWidth(64)
        .setHeight(48)
        .setOriginalWidth(640)
        .setOriginalHeight(480)
        .setSha256("")
        .build();
  }

  @Test
  void shouldNameBytesThatAreNotAvro() {
    byte[] text = "not avro at all".getBytes(StandardCharsets.UTF_8);

    assertThat(reason(reader.read(TOPIC, text))).isEqualTo(RejectionReason.NOT_AVRO);
    assertThat(reason(reader.read(TOPIC, null))).isEqualTo(RejectionReason.NOT_AVRO);
    assertThat(reason(reader.read(TOPIC, new byte[3]))).isEqualTo(RejectionReason.NOT_AVRO);
  }

  @Test
  void shouldNameAnUnknownSchemaId() {
    byte[] bytes = ByteBuffer.allocate(9).put((byte) 0).putInt(987_654).putInt(0).array();

    assertThat(reason(reader.read(TOPIC, bytes))).isEqualTo(RejectionReason.UNKNOWN_SCHEMA);
  }

  @Test
  void shouldNameATruncatedRecord() {
    byte[] whole = serialize(study());

    Decoded<Study> decoded = reader.read(TOPIC, Arrays.copyOf(whole, whole.length / 2));

    assertThat(reason(decoded)).isEqualTo(RejectionReason.INVALID_RECORD);
  }

  /** Found by benchmarks/fuzz: Avro tells it as a failure to read, as if it could pass. */
  @Test
  void shouldNameARecordWithANumberWithoutEnd() {
    byte[] whole = serialize(study());
    Arrays.fill(whole, 5, whole.length, (byte) 0xFF);

    assertThat(reason(reader.read(TOPIC, whole))).isEqualTo(RejectionReason.INVALID_RECORD);
  }

  @Test
  void shouldNameARecordOfAnotherType() {
    try (RecordSerde<TrainingMetric> other = RecordSerde.of(TrainingMetric.class, CONNECTION);
        Serializer<TrainingMetric> serializer = other.serializer()) {
      TrainingMetric metric =
          TrainingMetric.newBuilder()
              .setRunId("run")
              .setLine("line")
              .setStep(1)
              .setTime(java.time.Instant.EPOCH)
              .setValues(Map.of())
              .build();

      Decoded<Study> decoded =
          reader.read(TOPIC, serializer.serialize(Topic.TRAINING_METRICS.suffix(), metric));

      assertThat(reason(decoded)).isEqualTo(RejectionReason.INVALID_RECORD);
    }
  }

  @Test
  void shouldBlameNoRecordForAServerThatIsNoRegistry() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext("/", RecordReaderTest::answerNotFound);
    other.start();
    try {
      String address = "http://127.0.0.1:" + other.getAddress().getPort();
      RecordReader<Study> astray =
          new RecordReader<>(
              Study.class, new KafkaConnection("unused:9092", address, new TopicNames("")));
      byte[] bytes = serialize(study());

      assertThatThrownBy(() -> astray.read(TOPIC, bytes))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("is no schema registry (HTTP 404")
          .hasMessageContaining(TOPIC);
    } finally {
      other.stop(0);
    }
  }

  private static void answerNotFound(HttpExchange exchange) throws IOException {
    byte[] page = "<html><body>No such page</body></html>".getBytes(StandardCharsets.US_ASCII);
    exchange.getResponseHeaders().add("Content-Type", "text/html");
    exchange.sendResponseHeaders(404, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  @Test
  void shouldThrowWhereTheRegistryDoesNotAnswer() {
    KafkaConnection noRegistry =
        new KafkaConnection("unused:9092", "http://127.0.0.1:1", new TopicNames(""));
    RecordReader<Study> unlucky = new RecordReader<>(Study.class, noRegistry);

    assertThatThrownBy(() -> unlucky.read(TOPIC, serialize(study())))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("http://127.0.0.1:1 does not answer");
  }

  private static RejectionReason reason(Decoded<Study> decoded) {
    assertThat(decoded).isInstanceOf(Decoded.Invalid.class);
    return ((Decoded.Invalid<Study>) decoded).reason();
  }

  private static byte[] serialize(Study study) {
    try (RecordSerde<Study> serde = RecordSerde.of(Study.class, CONNECTION);
        Serializer<Study> serializer = serde.serializer()) {
      return serializer.serialize(TOPIC, study);
    }
  }

  private static Study study() {
    return Study.newBuilder()
        .setStudyId("s1")
        .setPatientId("p1")
        .setSource("test")
        .setViews(List.of())
        .setReport(
            Report.newBuilder()
                .setText("Findings: clear lungs.")
                .setStatus(ReportStatus.FINAL)
                .build())
        .build();
  }
}
