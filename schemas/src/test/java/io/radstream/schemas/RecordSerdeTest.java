package io.radstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class RecordSerdeTest {

  private static final KafkaConnection CONNECTION =
      new KafkaConnection("unused:9092", "mock://record-serde", new TopicNames(""));
  private static final String TOPIC = CONNECTION.topics().of(Topic.STUDIES);

  @Test
  void shouldWriteEachRecordAsConfluentDoes() {
    try (KafkaAvroSerializer theirs = new KafkaAvroSerializer();
        Serializer<Study> ours = RecordSerde.of(Study.class, CONNECTION).serializer()) {
      theirs.configure(CONNECTION.registryConfig(), false);
      List<Study> studies =
          List.of(study(1, 0), study(2, 5000), study(3, 4096), study(0, 0), study(2, 300_000));

      List<byte[]> written = studies.stream().map(study -> ours.serialize(TOPIC, study)).toList();

      assertThat(written)
          .containsExactlyElementsOf(
              studies.stream().map(study -> theirs.serialize(TOPIC, study)).toList());
    }
  }

  @Test
  void shouldWriteOfABufferWhatIsLeftOfIt() {
    try (Serializer<Study> ours = RecordSerde.of(Study.class, CONNECTION).serializer()) {
      Study whole = study(1, 6000);
      View view = whole.getViews().get(0);
      ByteBuffer around = ByteBuffer.allocate(7000).position(500);
      around.put(view.getPixels().duplicate()).flip().position(500);
      View within = new View();
      view.getSchema().getFields().forEach(field -> within.put(field.pos(), view.get(field.pos())));
      within.put("pixels", around);
      Study sliced = study(1, 6000);
      sliced.put("views", List.of(within));
      ours.serialize(TOPIC, whole);

      byte[] written = ours.serialize(TOPIC, sliced);

      assertThat(written).isEqualTo(ours.serialize(TOPIC, whole));
    }
  }

  @Test
  void shouldSayWhatCannotBeWritten() {
    try (Serializer<Study> ours = RecordSerde.of(Study.class, CONNECTION).serializer()) {
      ours.serialize(TOPIC, study(1, 10));
      Study broken = study(1, 10);
      broken.put("patientId", null);

      assertThatThrownBy(() -> ours.serialize(TOPIC, broken))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("Study");
    }
  }

  private static Study study(int views, int pixels) {
    return Study.newBuilder()
        .setStudyId("study of " + pixels)
        .setPatientId("patient")
        .setSource("test")
        .setViews(IntStream.range(0, views).mapToObj(i -> view(i, pixels + i)).toList())
        .build();
  }

  private static View view(int number, int size) {
    byte[] pixels = new byte[size];
    IntStream.range(0, size).forEach(i -> pixels[i] = (byte) (i * 31 + number));
    return View.newBuilder()
        .setViewId("view " + number)
        .setProjection(Projection.PA)
        .setEncoding(PixelEncoding.PNG)
        .setPixels(ByteBuffer.wrap(pixels))
        .setWidth(64)
        .setHeight(48)
        .setOriginalWidth(640)
        .setOriginalHeight(480)
        .setSha256("")
        .setOriginal(
            number == 0 ? null : new OriginalView("s3://b/k", (long) size, "", PixelEncoding.PNG))
        .build();
  }
}
