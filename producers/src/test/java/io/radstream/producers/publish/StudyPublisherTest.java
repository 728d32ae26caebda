package io.radstream.producers.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.phantom.Finding;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.SyntheticSource;
import io.radstream.producers.phantom.Truth;
import io.radstream.producers.publish.PublishSummary.Refusal;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.Projection;
import io.radstream.schemas.RecordDigest;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.Study;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.View;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class StudyPublisherTest {

  private final KafkaConnection connection =
      new KafkaConnection("unused:1", "mock://publisher", new TopicNames("site."));
  private final MockProducer<String, byte[]> producer = mockProducer(true);

  @Test
  void shouldPublishEveryStudyUnderItsPseudonym() throws Exception {
    PublishSummary summary = publish(producer, synthetic(5));

    assertThat(summary.sent()).isEqualTo(5);
    assertThat(summary.complete()).isTrue();
    assertThat(summary.bytes())
        .isEqualTo(producer.history().stream().mapToLong(it -> it.value().length).sum());
    assertThat(producer.history())
        .allSatisfy(
            record -> {
              assertThat(record.topic()).isEqualTo("site.studies");
              assertThat(record.key()).isEqualTo(study(record).getStudyId());
              assertThat(record.key()).matches("[0-9a-f]{32}");
              assertThat(record.headers().lastHeader(Topic.ENCODED_HEADER).value())
                  .isEqualTo(RecordDigest.of(record.value()).bytes());
            });
    View view = study(producer.history().get(0)).getViews().get(0);
    assertThat(new ImageDecoder().decode(bytes(view.getPixels())).width())
        .isEqualTo(view.getWidth())
        .isEqualTo(48);
  }

  @Test
  void shouldPublishTheSameRecordsAgain() {
    publish(producer, labelled(4));
    MockProducer<String, byte[]> second = mockProducer(true);

    publish(second, labelled(4));

    assertThat(content(second)).isEqualTo(content(producer));
  }

  @Test
  void shouldPublishThePhantomsFindingsUnderTheStudysKey() {
    PublishSummary summary = publish(producer, labelled(20));

    List<ProducerRecord<String, byte[]>> labels = on("site.labels", producer);
    assertThat(summary.sent()).isEqualTo(20);
    assertThat(summary.labelled()).isEqualTo(20);
    assertThat(labels)
        .extracting(ProducerRecord::key)
        .isEqualTo(on("site.studies", producer).stream().map(ProducerRecord::key).toList());
    for (int i = 0; i < labels.size(); i++) {
      LabelledStudy record = labelled(labels.get(i));
      assertThat(record.getId()).isEqualTo(labels.get(i).key());
      assertThat(record.getSource()).isEqualTo("synthetic");
      Truth truth = new PhantomGenerator(48, 2).study(1, i).truth();
      assertThat(record.getLabels()).hasSize(Finding.values().length);
      for (Finding finding : Finding.values()) {
        assertThat(record.getLabels())
            .containsEntry(finding.label(), truth.has(finding) ? 1.0 : 0.0);
      }
    }
  }

  @Test
  void shouldReportLabelsThatTheBrokerRefused() {
    MockProducer<String, byte[]> refusing = mockProducer(false);

    PublishSummary summary =
        publish(
            refusing,
            labelled(1),
            items -> {
              refusing.completeNext();
              refusing.errorNext(new RecordTooLargeException("too large for this broker"));
            });

    assertThat(summary.sent()).isEqualTo(1);
    assertThat(summary.labelled()).isZero();
    assertThat(summary.labelsFailed()).isEqualTo(1);
    assertThat(summary.failures()).hasSize(1);
  }

  @Test
  void shouldShrinkViewsAndRememberTheirOriginalSize() {
    publish(producer, source(study("a", gray(200, 100))));

    View view = study(producer.history().get(0)).getViews().get(0);
    assertThat(List.of(view.getWidth(), view.getHeight())).containsExactly(64, 32);
    assertThat(List.of(view.getOriginalWidth(), view.getOriginalHeight()))
        .containsExactly(200, 100);
  }

  @Test
  void shouldPublishNoViewThatTheStageWouldRefuse() throws Exception {
    publish(producer, source(study("a", gray(1600, 100)), study("b", gray(333, 1999))));

    for (ProducerRecord<String, byte[]> record : producer.history()) {
      View view = study(record).getViews().get(0);
      GrayImage decoded = new ImageDecoder().decode(bytes(view.getPixels()));
      assertThat(Math.min(decoded.width(), decoded.height())).isEqualTo(32);
      assertThat(List.of(decoded.width(), decoded.height()))
          .containsExactly(view.getWidth(), view.getHeight());
    }
  }

  @Test
  void shouldRefuseAViewThatIsTooLongForItsHeight() {
    Image pixels = gray(6000, 40);
    Image file = new Image.File(ImageEncoder.png(new GrayImage(6000, 40, new byte[240_000])));

    PublishSummary summary = publish(producer, source(study("a", pixels), study("b", file)));

    assertThat(summary.refused()).isEqualTo(Map.of(RejectionReason.IMAGE_TOO_SMALL, 2L));
  }

  @Test
  void shouldRefuseWhatCannotBePublishedAndGoOn() {
    StudyPart unreadable = study("a", new Image.File(new byte[] {1, 2, 3}));
    StudyPart empty = new StudyPart("p", "b", List.of(), Optional.empty(), Map.of());
    StudyPart silent = new StudyPart("p", "c", List.of(view(gray(64, 64))), report(" "));
    StudyPart good = study("d", gray(64, 64));

    PublishSummary summary = publish(producer, source(unreadable, empty, silent, good));

    assertThat(summary.sent()).isEqualTo(1);
    assertThat(summary.refusals())
        .containsExactly(
            new Refusal(1, RejectionReason.UNDECODABLE_IMAGE, "image 1: not a PNG or JPEG image"),
            new Refusal(
                2, RejectionReason.NO_VIEW, "there is neither an image, nor a report, nor a label"),
            new Refusal(3, RejectionReason.EMPTY_REPORT, "the report is empty"));
  }

  @Test
  void shouldCountWhatTheSourceRefused() {
    SourceItem refused = new SourceItem.Refused(7, RejectionReason.INVALID_RECORD, "not JSON");

    PublishSummary summary = publish(producer, new Items(List.of(refused, refused)));

    assertThat(summary.refused()).isEqualTo(Map.of(RejectionReason.INVALID_RECORD, 2L));
    assertThat(summary.refusedTotal()).isEqualTo(2);
  }

  @Test
  void shouldRefuseARecordOverTheLimitBeforeItIsSent() {
    StudyPart huge =
        new StudyPart("p", "a", List.of(view(gray(64, 64))), report("x".repeat(9_000_000)));

    PublishSummary summary = publish(producer, source(huge, study("b", gray(64, 64))));

    assertThat(summary.refused()).isEqualTo(Map.of(RejectionReason.OVERSIZED, 1L));
    assertThat(producer.history()).hasSize(1);
  }

  @Test
  void shouldReportARecordThatTheBrokerRefusedAndGoOn() {
    MockProducer<String, byte[]> refusing = mockProducer(false);

    PublishSummary summary =
        publish(
            refusing,
            synthetic(3),
            items -> {
              if (items == 1) {
                refusing.errorNext(new RecordTooLargeException("too large for this broker"));
              } else {
                refusing.completeNext();
              }
            });

    assertThat(summary.sent()).isEqualTo(2);
    assertThat(summary.failed()).isEqualTo(1);
    assertThat(summary.complete()).isTrue();
    assertThat(summary.failures())
        .containsExactly("RecordTooLargeException: too large for this broker");
  }

  @Test
  void shouldStopReadingWhereTheClusterDoesNotAnswer() {
    MockProducer<String, byte[]> silent = mockProducer(false);
    List<Long> handled = new ArrayList<>();

    PublishSummary summary =
        publish(
            silent,
            synthetic(50),
            items -> {
              handled.add(items);
              silent.errorNext(new TimeoutException("no acknowledgement in time"));
            });

    assertThat(handled).containsExactly(1L);
    assertThat(summary.complete()).isFalse();
    assertThat(summary.failed()).isEqualTo(1);
  }

  @Test
  void shouldPublishAStudyInParts() {
    StudyPart first = part(List.of(new RawView("7", Projection.PA, gray(64, 64))), "");
    StudyPart second = part(List.of(new RawView("8", Projection.LATERAL, gray(64, 32))), "");
    StudyPart third = part(List.of(new RawView("7", Projection.PA, gray(64, 64))), "Clear lungs.");
    StudyPart last = new StudyPart("p", "s", List.of(), Optional.empty(), Map.of("nodule", 1.0));

    PublishSummary summary = publish(producer, source(first, second, third, last));

    List<Study> parts = on("site.studies", producer).stream().map(record -> study(record)).toList();
    assertThat(parts).extracting(Study::getStudyId).hasSize(3).containsOnly(key(0));
    assertThat(parts)
        .extracting(study -> study.getReport() != null)
        .containsExactly(false, false, true);
    assertThat(viewId(parts.get(0)))
        .isEqualTo(viewId(parts.get(2)))
        .isNotEqualTo(viewId(parts.get(1)));
    assertThat(on("site.labels", producer)).extracting(ProducerRecord::key).containsExactly(key(0));
    assertThat(summary.sent()).isEqualTo(3);
    assertThat(summary.labelled()).isEqualTo(1);
  }

  @Test
  void shouldTellAListeningSourceWhatBecameOfEachPart() {
    MockProducer<String, byte[]> slow = mockProducer(false);
    Told good = new Told();
    Told lost = new Told();
    Told bad = new Told();

    PublishSummary summary =
        publish(
            slow,
            listening(
                sink -> {
                  sink.accept(new SourceItem.Found(1, labelledStudy("a")), good);
                  slow.completeNext();
                  assertThat(good.outcomes).isEmpty();
                  slow.completeNext();
                  assertThat(good.outcomes).containsExactly("acknowledged");
                  sink.accept(new SourceItem.Found(2, study("b", gray(64, 64))), lost);
                  slow.errorNext(new RecordTooLargeException("too large"));
                  sink.accept(
                      new SourceItem.Found(3, study("c", new Image.File(new byte[3]))), bad);
                  assertThat(sink.isOpen()).isTrue();
                }));

    assertThat(good.outcomes).containsExactly("acknowledged");
    assertThat(lost.outcomes).containsExactly("failed RecordTooLargeException: too large");
    assertThat(bad.outcomes).containsExactly("refused UNDECODABLE_IMAGE");
    assertThat(summary.complete()).isTrue();
  }

  @Test
  void shouldGoOnWhereAListeningSourceCannotBeTold() {
    MockProducer<String, byte[]> slow = mockProducer(false);
    Receipt deaf =
        new Receipt() {
          @Override
          public void acknowledged() {
            throw new NoClassDefFoundError("a part of the source");
          }
        };
    Told good = new Told();

    PublishSummary summary =
        publish(
            slow,
            listening(
                sink -> {
                  sink.accept(new SourceItem.Found(1, study("a", gray(64, 64))), deaf);
                  slow.completeNext();
                  sink.accept(new SourceItem.Found(2, study("b", gray(64, 64))), good);
                  slow.completeNext();
                }));

    assertThat(good.outcomes).containsExactly("acknowledged");
    assertThat(summary.sent()).isEqualTo(2);
  }

  @Test
  void shouldTakePartsFromSeveralThreads() {
    int threads = 4;
    int each = 25;

    PublishSummary summary =
        publish(
            producer,
            listening(
                sink ->
                    IntStream.range(0, threads)
                        .parallel()
                        .forEach(
                            thread ->
                                IntStream.range(0, each)
                                    .forEach(
                                        i ->
                                            sink.accept(found(thread * each + i), Receipt.NONE)))));

    assertThat(summary.sent()).isEqualTo((long) threads * each);
    assertThat(producer.history())
        .extracting(record -> study(record).getStudyId())
        .doesNotHaveDuplicates()
        .hasSize(threads * each);
  }

  @Test
  void shouldTakeEveryPartThroughTheSteps() {
    PartStep refuseB =
        part -> {
          if (part.study().equals("b")) {
            throw new RefusedStudyException(RejectionReason.OTHER, "not this one");
          }
          return part;
        };

    PublishSummary summary =
        publish(
            producer,
            source(labelledStudy("a"), labelledStudy("b")),
            List.of(StudyPart::withoutLabels, refuseB),
            PublishProgress.NONE);

    assertThat(summary.sent()).isEqualTo(1);
    assertThat(summary.labelled()).isZero();
    assertThat(summary.refusals())
        .containsExactly(new Refusal(2, RejectionReason.OTHER, "not this one"));
  }

  private static SourceItem found(int number) {
    return new SourceItem.Found(number + 1, study("s" + number, gray(64, 64)));
  }

  private static StudyPart labelledStudy(String id) {
    return new StudyPart(
        "p", id, List.of(view(gray(64, 64))), Optional.of(report("Clear.")), Map.of("nodule", 0.0));
  }

  private static StudyPart part(List<RawView> views, String text) {
    Optional<Report> report = text.isEmpty() ? Optional.empty() : Optional.of(report(text));
    return new StudyPart("p", "s", views, report, Map.of());
  }

  private String key(int record) {
    return producer.history().get(record).key();
  }

  private static String viewId(Study study) {
    return study.getViews().get(0).getViewId();
  }

  private static StudySource listening(Consumer<PartSink> delivery) {
    return new StudySource() {
      @Override
      public String name() {
        return "listening";
      }

      @Override
      public void deliver(PartSink sink) {
        delivery.accept(sink);
      }
    };
  }

  private static final class Told implements Receipt {

    private final List<String> outcomes = new ArrayList<>();

    @Override
    public void acknowledged() {
      outcomes.add("acknowledged");
    }

    @Override
    public void refused(RejectionReason reason, String explanation) {
      outcomes.add("refused " + reason);
    }

    @Override
    public void failed(String explanation) {
      outcomes.add("failed " + explanation);
    }
  }

  private PublishSummary publish(MockProducer<String, byte[]> target, StudySource source) {
    return publish(target, source, PublishProgress.NONE);
  }

  private static List<ProducerRecord<String, byte[]>> on(
      String topic, MockProducer<String, byte[]> producer) {
    return producer.history().stream().filter(record -> record.topic().equals(topic)).toList();
  }

  private PublishSummary publish(
      MockProducer<String, byte[]> target, StudySource source, PublishProgress progress) {
    return publish(target, source, List.of(), progress);
  }

  private PublishSummary publish(
      MockProducer<String, byte[]> target,
      StudySource source,
      List<PartStep> steps,
      PublishProgress progress) {
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    StudyPublisher.Manner manner = new StudyPublisher.Manner(Pseudonymizer.demo(), 64, steps);
    try (StudyPublisher publisher =
        StudyPublisher.over(target, connection, manner, Workers.callers(), clock)) {
      return publisher.publish(source, progress);
    }
  }

  private LabelledStudy labelled(ProducerRecord<String, byte[]> record) {
    return RecordSerde.of(LabelledStudy.class, connection)
        .deserializer()
        .deserialize(record.topic(), record.value());
  }

  private Study study(ProducerRecord<String, byte[]> record) {
    return RecordSerde.of(Study.class, connection)
        .deserializer()
        .deserialize(record.topic(), record.value());
  }

  private static MockProducer<String, byte[]> mockProducer(boolean autoComplete) {
    return new MockProducer<>(
        autoComplete, null, new StringSerializer(), new ByteArraySerializer());
  }

  private static List<List<Object>> content(MockProducer<String, byte[]> producer) {
    return producer.history().stream()
        .map(it -> List.<Object>of(it.key(), ByteBuffer.wrap(it.value())))
        .toList();
  }

  private static StudySource synthetic(int count) {
    return new Items(
        labelled(count)
            .items()
            .map(SourceItem.Found.class::cast)
            .map(found -> new SourceItem.Found(found.number(), found.part().withoutLabels()))
            .map(SourceItem.class::cast)
            .toList());
  }

  private static ReadSource labelled(int count) {
    return new SyntheticSource(new PhantomGenerator(48, 2), 1, 0, count);
  }

  private static StudySource source(StudyPart... studies) {
    List<SourceItem> items = new ArrayList<>();
    for (StudyPart study : studies) {
      items.add(new SourceItem.Found(items.size() + 1, study));
    }
    return new Items(items);
  }

  private static StudyPart study(String id, Image image) {
    return new StudyPart("p", id, List.of(view(image)), report("The lungs are clear."));
  }

  private static RawView view(Image image) {
    return new RawView("1", Projection.PA, image);
  }

  private static Image gray(int width, int height) {
    return new Image.Pixels(new GrayImage(width, height, new byte[width * height]));
  }

  private static Report report(String text) {
    return new Report(text, ReportStatus.FINAL, 1, null);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private record Items(List<SourceItem> list) implements ReadSource {

    @Override
    public String name() {
      return "test";
    }

    @Override
    public OptionalLong sizeEstimate() {
      return OptionalLong.empty();
    }

    @Override
    public Stream<SourceItem> items() {
      return list.stream();
    }
  }
}
