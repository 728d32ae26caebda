package io.radstream.producers.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.objects.ObjectStore;
import io.radstream.objects.TestBucket;
import io.radstream.objects.TestBucket.Bucket;
import io.radstream.objects.Tries;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.producers.publish.StudyPublisher.Manner;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.OriginalPlace;
import io.radstream.schemas.OriginalView;
import io.radstream.schemas.Projection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Study;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.View;
import io.radstream.schemas.trace.Tracing;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestBucket.class)
class OriginalsTest {

  private static final byte TAKEN_OUT = 7;

  private final KafkaConnection connection =
      new KafkaConnection("unused:1", "mock://originals", new TopicNames("site."));
  private final List<byte[]> sent = new ArrayList<>();
  private Bucket bucket;
  private ObjectStore store;

  @BeforeEach
  void open(Bucket given) {
    bucket = given;
    store = bucket.open();
  }

  @Test
  void shouldPutThePictureAsItWasWhenNothingIdentifiedAnyMore() throws Exception {
    publish(200, 100);

    Study study = published();
    View view = study.getViews().get(0);
    OriginalView original = view.getOriginal();
    assertThat(OriginalPlace.fault(study.getStudyId(), view)).isEmpty();
    String key = store.address().keyOf(original.getUri()).orElseThrow();
    byte[] png = store.read(key, 1 << 20).orElseThrow();
    assertThat(original.getBytes()).isEqualTo(png.length);
    assertThat(original.getSha256()).isEqualTo(Sha256.of(png));
    GrayImage picture = new ImageDecoder().decode(png);
    assertThat(List.of(picture.width(), picture.height())).containsExactly(200, 100);
    assertThat(picture.pixels()).containsOnly(TAKEN_OUT);
    assertThat(store.list(OriginalPlace.folder(study.getStudyId()))).hasSize(1);
  }

  @Test
  void shouldPutNothingThatIsPublishedWhole() throws IOException {
    publish(64, 60);

    assertThat(published().getViews().get(0).getOriginal()).isNull();
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void shouldSendTheSamePictureOnceAndMendWhatSomebodyCut() throws IOException {
    publish(200, 100);
    ObjectStore.Listed first = store.list("").get(0);
    byte[] png = store.read(first.key(), 1 << 20).orElseThrow();
    byte[] other = png.clone();
    other[png.length / 2]++;
    bucket.overwrite(first.key(), other);

    publish(200, 100);

    assertThat(store.read(first.key(), 1 << 20).orElseThrow()).isEqualTo(other);
    bucket.overwrite(first.key(), Arrays.copyOf(png, png.length / 2));

    publish(200, 100);

    assertThat(store.read(first.key(), 1 << 20).orElseThrow()).isEqualTo(png);
    assertThat(store.list("")).hasSize(1);
    assertThat(sent).hasSize(3).allSatisfy(record -> assertThat(record).isEqualTo(sent.get(0)));
  }

  @Test
  void shouldSendNoRecordOfWhatCouldNotBePut() {
    bucket.server().stop();
    PublishSummary summary;
    try {
      summary = publish(new SameView(200, 100, 2));
    } finally {
      bucket.server().start();
    }

    assertThat(sent).isEmpty();
    // The next would fare no better.
    assertThat(summary.failed()).isEqualTo(1);
    assertThat(summary.complete()).isFalse();
    assertThat(summary.failures().get(0))
        .contains("cannot be put into the store", "the store does not answer");
  }

  @Test
  @Timeout(60)
  void shouldNotWaitForAStoreThatIsAwayOncePublishingEnds() throws Exception {
    Originals hours = new Originals(store, Tries.after(3600, 3600));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    bucket.server().stop();
    try (StudyPublisher publisher = publisher(producer(), hours)) {
      Future<PublishSummary> publishing =
          thread.submit(() -> publisher.publish(new SameView(200, 100, 2), items -> {}));
      while (store.failures() == 0) {
        Thread.onSpinWait();
      }
      publisher.endWithin(Duration.ofSeconds(1));

      assertThat(publishing.get().failed()).isEqualTo(1);
    } finally {
      thread.shutdownNow();
      bucket.server().start();
    }
  }

  private PublishSummary publish(int width, int height) {
    return publish(new SameView(width, height, 1));
  }

  private PublishSummary publish(StudySource source) {
    MockProducer<String, byte[]> producer = producer();
    try (StudyPublisher publisher = publisher(producer, new Originals(store, Tries.after()))) {
      PublishSummary summary = publisher.publish(source, items -> {});
      producer.history().forEach(record -> sent.add(record.value()));
      return summary;
    }
  }

  private static MockProducer<String, byte[]> producer() {
    return new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  }

  private StudyPublisher publisher(MockProducer<String, byte[]> producer, Originals originals) {
    Manner manner =
        new Manner(
            Pseudonymizer.demo(),
            64,
            List.of(OriginalsTest::deidentified),
            Optional.of(originals),
            Tracing.off());
    return StudyPublisher.over(
        producer, connection, manner, Workers.callers(), InstantSource.fixed(Instant.EPOCH));
  }

  /** Takes out all of a picture. */
  private static StudyPart deidentified(StudyPart part) {
    GrayImage picture = ((Image.Pixels) part.views().get(0).image()).image();
    byte[] pixels = new byte[picture.pixels().length];
    Arrays.fill(pixels, TAKEN_OUT);
    GrayImage without = new GrayImage(picture.width(), picture.height(), pixels);
    return part.withViews(List.of(part.views().get(0).withImage(new Image.Pixels(without))));
  }

  private Study published() {
    try (RecordSerde<Study> serde = RecordSerde.of(Study.class, connection)) {
      return serde.deserializer().deserialize("site.studies", sent.get(0));
    }
  }

  private record SameView(int width, int height, int studies) implements ReadSource {

    @Override
    public String name() {
      return "test";
    }

    @Override
    public OptionalLong sizeEstimate() {
      return OptionalLong.of(studies);
    }

    @Override
    public Stream<SourceItem> items() {
      GrayImage picture = new GrayImage(width, height, new byte[width * height]);
      RawView view = new RawView("1", Projection.PA, new Image.Pixels(picture));
      return IntStream.range(0, studies)
          .mapToObj(
              i ->
                  new SourceItem.Found(
                      i, new StudyPart("p", "s" + i, List.of(view), Optional.empty(), Map.of())));
    }
  }
}
