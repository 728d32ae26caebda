package io.radstream.producers.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.publish.StudyPart.Frame;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawBox;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.radiology.image.GrayImage;
import io.radstream.schemas.FindingBox;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.Projection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Study;
import io.radstream.schemas.TopicNames;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class BoxPublicationTest {

  /** Published at half its size. */
  private static final Image WIDE = new Image.Pixels(new GrayImage(128, 64, new byte[128 * 64]));

  private final KafkaConnection connection =
      new KafkaConnection("unused:1", "mock://boxes", new TopicNames(""));
  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

  @Test
  void shouldPutBoxesOnThePublishedView() {
    RawBox own = box(20, 10, 40, 30, Optional.of("R7"), Optional.empty());
    RawBox onLarger =
        box(1024, 512, 512, 256, Optional.empty(), Optional.of(new Frame(2048, 1024)));

    publish(List.of(), own, onLarger);

    Study study = one(Study.class, "studies");
    String view = study.getViews().get(0).getViewId();
    assertThat(one(LabelledStudy.class, "labels").getBoxes())
        .containsExactly(
            new FindingBox(view, "mass", 10.0, 5.0, 20.0, 15.0, "R7"),
            new FindingBox(view, "mass", 32.0, 16.0, 16.0, 8.0, null));
  }

  @Test
  void shouldCutOffWhatLiesBesideThePicture() {
    publish(List.of(), box(-20, 40, 1000, 1000, Optional.empty(), Optional.empty()));

    assertThat(one(LabelledStudy.class, "labels").getBoxes())
        .extracting(FindingBox::getX, FindingBox::getY, FindingBox::getWidth, FindingBox::getHeight)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(0.0, 20.0, 64.0, 12.0));
  }

  @Test
  void shouldSendNoBoxesWithoutLabels() {
    publish(
        List.of(StudyPart::withoutLabels), box(20, 10, 40, 30, Optional.empty(), Optional.empty()));

    assertThat(producer.history()).extracting(it -> it.topic()).containsExactly("studies");
  }

  private void publish(List<PartStep> steps, RawBox... boxes) {
    RawView view = new RawView("1", Projection.PA, WIDE).withBoxes(List.of(boxes));
    StudyPart part = new StudyPart("p", "s", List.of(view), Optional.empty(), Map.of("mass", 1.0));
    StudyPublisher.Manner manner = new StudyPublisher.Manner(Pseudonymizer.demo(), 64, steps);
    try (StudyPublisher publisher =
        StudyPublisher.over(
            producer, connection, manner, Workers.callers(), InstantSource.fixed(Instant.EPOCH))) {
      publisher.publish(new One(part), PublishProgress.NONE);
    }
  }

  private <T extends SpecificRecord> T one(Class<T> type, String topic) {
    return producer.history().stream()
        .filter(record -> record.topic().equals(topic))
        .map(
            record ->
                RecordSerde.of(type, connection).deserializer().deserialize(topic, record.value()))
        .findFirst()
        .orElseThrow();
  }

  private static RawBox box(
      double x,
      double y,
      double width,
      double height,
      Optional<String> reader,
      Optional<Frame> frame) {
    return new RawBox("mass", x, y, width, height, reader, frame);
  }

  private record One(StudyPart part) implements StudySource {

    @Override
    public String name() {
      return "test";
    }

    @Override
    public void deliver(PartSink sink) {
      sink.accept(new SourceItem.Found(1, part), Receipt.NONE);
    }
  }
}
