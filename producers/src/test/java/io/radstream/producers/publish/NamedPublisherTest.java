package io.radstream.producers.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.publish.SourceItem.Found;
import io.radstream.producers.publish.SourceItem.Merged;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.radiology.image.GrayImage;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Projection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.Study;
import io.radstream.schemas.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class NamedPublisherTest {

  private static final String STUDIES = "studies";
  private static final String MARKS = "publish.positions";

  private final KafkaConnection connection =
      new KafkaConnection("unused:1", "mock://named-publisher", new TopicNames(""));
  private final RememberedLog log = new RememberedLog(STUDIES, MARKS, 3);
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Pseudonymizer pseudonymizer = Pseudonymizer.demo();
  private final Placements placements = new Placements(pseudonymizer);

  @Test
  void shouldRememberOverARestart() {
    publish("gate", sink -> told(sink, marked(found("a"), "file a", "1")));

    List<Optional<String>> recalled = new ArrayList<>();
    publish(
        "gate",
        sink -> {
          recalled.add(sink.recall("file a"));
          recalled.add(sink.recall("file b"));
        });

    assertThat(recalled).containsExactly(Optional.of("1"), Optional.empty());
  }

  @Test
  void shouldKeepWhatNamesRemembersApart() {
    publish("gate", sink -> told(sink, marked(found("a"), "file a", "1")));

    publish("door", sink -> assertThat(sink.recall("file a")).isEmpty());
  }

  @Test
  void shouldNotShowOnTheTopicWhatAMarkIsAbout() {
    publish("gate", sink -> told(sink, marked(found("a"), "DOE^JANE.dcm", "1")));

    assertThat(log.on(MARKS)).allSatisfy(it -> assertThat(it.key()).matches("gate/[0-9a-f]{32}"));
  }

  @Test
  void shouldAcknowledgeOnlyWhatIsCommitted() {
    publish(
        "gate",
        sink -> {
          String outcome = told(sink, Consignment.of(found("a")));
          assertThat(outcome).isEqualTo("acknowledged");
          assertThat(studies()).hasSize(1);
        });
  }

  @Test
  void shouldSendNothingOfAConsignmentOfWhichOneItemIsRefused() {
    Found silent = new Found(2, new StudyPart("p", "b", List.of(), report(" "), Map.of()));
    Consignment both =
        new Consignment(List.of(found("a"), silent), List.of(new Mark("message", "1")));

    PublishSummary summary =
        publish(
            "gate",
            sink -> {
              assertThat(told(sink, both)).isEqualTo("refused EMPTY_REPORT");
              assertThat(sink.recall("message")).isEmpty();
            });

    assertThat(studies()).isEmpty();
    assertThat(summary.refused()).isEqualTo(Map.of(RejectionReason.EMPTY_REPORT, 1L));
  }

  @Test
  void shouldSendTheOthersOfATransactionThatOneRecordSpoils() {
    log.refuseAbove(20_000);
    List<CompletableFuture<String>> outcomes = new ArrayList<>();

    PublishSummary summary =
        publish(
            "gate",
            sink -> {
              outcomes.add(send(sink, Consignment.of(found("a"))));
              outcomes.add(send(sink, Consignment.of(reported("b", "x".repeat(30_000)))));
              outcomes.add(send(sink, Consignment.of(found("c"))));
            });

    assertThat(outcomes.stream().map(CompletableFuture::join).toList())
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("acknowledged"),
            second -> assertThat(second).startsWith("failed"),
            third -> assertThat(third).isEqualTo("acknowledged"));
    assertThat(studies()).extracting(Study::getStudyId).containsExactly(id("a"), id("c"));
    assertThat(summary.failed()).isEqualTo(1);
  }

  @Test
  void shouldGoOnOnceTheClusterIsBack() {
    publish(
        "gate",
        sink -> {
          log.goAway(true);
          assertThat(told(sink, marked(found("a"), "a", "1"))).startsWith("failed");
          assertThat(sink.isOpen()).isFalse();
          assertThat(told(sink, marked(found("a"), "a", "1"))).startsWith("failed");
          log.goAway(false);
          now.set(now.get().plus(Duration.ofMinutes(1)));
          assertThat(sink.isOpen()).isTrue();
          assertThat(told(sink, marked(found("a"), "a", "1"))).isEqualTo("acknowledged");
        });

    assertThat(studies()).hasSize(1);
  }

  @Test
  void shouldFindOutThatATransactionOfUnknownOutcomeWasCommitted() {
    publish(
        "gate",
        sink -> {
          log.loseNextAnswer();
          assertThat(told(sink, marked(found("a"), "a", "1"))).startsWith("failed");
          now.set(now.get().plus(Duration.ofMinutes(1)));
          assertThat(told(sink, new Consignment(List.of(), List.of()))).isEqualTo("acknowledged");
          assertThat(sink.recall("a")).contains("1");
        });
  }

  @Test
  void shouldLeaveTheNameToAnotherProcessThatTookIt() {
    publish(
        "gate",
        first -> {
          publish("gate", second -> told(second, Consignment.of(found("b"))));
          assertThat(told(first, Consignment.of(found("a")))).startsWith("failed");
          now.set(now.get().plus(Duration.ofMinutes(1)));
          assertThat(told(first, Consignment.of(found("a")))).startsWith("failed");
          assertThat(first.isOpen()).isFalse();
        });

    assertThat(studies()).extracting(Study::getStudyId).containsExactly(id("b"));
  }

  @Test
  void shouldSendOnceWhatComesTwice() {
    publish("gate", sink -> told(sink, placements.place(sink, 1, "view/7", "d1", view("a"))));

    publish("gate", sink -> told(sink, placements.place(sink, 1, "view/7", "d1", view("a"))));

    assertThat(studies()).hasSize(1);
  }

  @Test
  void shouldTakeAViewBackFromTheStudyThatItLeaves() {
    publish("gate", sink -> told(sink, placements.place(sink, 1, "view/7", "d1", view("a"))));

    publish("gate", sink -> told(sink, placements.place(sink, 1, "view/7", "d2", view("b"))));

    List<Study> all = studies();
    String viewId = all.get(0).getViews().get(0).getViewId();
    assertThat(all).extracting(Study::getStudyId).containsExactly(id("a"), id("a"), id("b"));
    assertThat(all.get(1).getCorrection().getRetractedViews()).containsExactly(viewId);
    assertThat(all.get(1).getCorrection().getReportRetracted()).isFalse();
    assertThat(all.get(2).getViews()).hasSize(1);
  }

  @Test
  void shouldTakeAReportBackOnce() {
    StudyPart report = new StudyPart("p", "a", List.of(), named("r9", "Clear lungs."), Map.of());
    publish("gate", sink -> told(sink, placements.place(sink, 1, "report/9", "d1", report)));

    for (int time = 0; time < 2; time++) {
      publish("gate", sink -> told(sink, placements.retract(sink, 2, "report/9", "d2")));
    }

    assertThat(studies()).hasSize(2);
    assertThat(studies().get(1).getCorrection().getRetractedReports()).containsExactly("r9");
    assertThat(studies().get(1).getCorrection().getReportRetracted()).isFalse();
  }

  /** As a version of before there were ids left it behind. */
  @Test
  void shouldTakeAllReportsBackWhereOneWasSentWithoutAnId() {
    StudyPart before = new StudyPart("p", "a", List.of(), report("Clear lungs."), Map.of());
    StudyPart same = new StudyPart("p", "a", List.of(), named("r9", "Clear lungs."), Map.of());
    StudyPart amended = new StudyPart("p", "a", List.of(), named("r9", "A nodule."), Map.of());
    publish("gate", sink -> told(sink, placements.place(sink, 1, "report/9", "d1", before)));
    publish("gate", sink -> told(sink, placements.place(sink, 2, "report/9", "d1", same)));
    publish("gate", sink -> told(sink, placements.place(sink, 3, "report/9", "d2", amended)));

    publish("gate", sink -> told(sink, placements.retract(sink, 4, "report/9", "d3")));

    assertThat(studies()).hasSize(3);
    assertThat(studies().get(2).getCorrection().getReportRetracted()).isTrue();
    assertThat(studies().get(2).getCorrection().getRetractedReports()).isEmpty();
  }

  @Test
  void shouldTakeNothingFromWhereNothingIsLeft() {
    StudyPart here = new StudyPart("p", "a", List.of(), report("Clear lungs."), Map.of());
    StudyPart there = new StudyPart("p", "b", List.of(), report("Clear lungs."), Map.of());
    publish("gate", sink -> told(sink, placements.place(sink, 1, "report/9", "d1", here)));
    publish("gate", sink -> told(sink, placements.retract(sink, 2, "report/9", "d2")));

    publish("gate", sink -> told(sink, placements.place(sink, 3, "report/9", "d3", there)));

    assertThat(studies()).extracting(Study::getStudyId).containsExactly(id("a"), id("a"), id("b"));
  }

  @Test
  void shouldEndAListeningSourceThatHasLostItsName() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    try (StudyPublisher first = publisher("gate", Workers.callers())) {
      PublishSummary summary =
          first.publish(
              new ListeningSource() {
                @Override
                public String name() {
                  return "listening";
                }

                @Override
                public void deliver(PartSink sink) {
                  publish("gate", second -> told(second, Consignment.of(found("b"))));
                  told(sink, Consignment.of(found("a")));
                  now.set(now.get().plus(Duration.ofMinutes(1)));
                  told(sink, Consignment.of(found("a")));
                  closed.join();
                }

                @Override
                public void close() {
                  closed.complete(null);
                }
              },
              PublishProgress.NONE);

      assertThat(summary.complete()).isFalse();
    }
  }

  @Test
  void shouldWaitForTheClusterNoLongerThanItIsToldWhereItEnds() {
    try (StudyPublisher publisher = publisher("gate", Workers.callers())) {
      publisher.publish(
          source(
              sink -> {
                log.fallSilent();
                CompletableFuture<String> outcome = send(sink, Consignment.of(found("a")));
                log.waiting().join();

                publisher.endWithin(Duration.ZERO);

                assertThat(outcome.join()).startsWith("failed");
                assertThat(told(sink, Consignment.of(found("b")))).startsWith("failed");
              }),
          PublishProgress.NONE);
    }

    assertThat(studies()).isEmpty();
  }

  @Test
  void shouldTellOfAllThatComesAndWhatBecomesOfIt() {
    List<String> told = new CopyOnWriteArrayList<>();
    Origin origin = new Origin("/in/b.dcm", "CT1");
    Found silent = new Found(2, new StudyPart("p", "b", List.of(), report(" "), Map.of()));
    PublishProgress progress =
        new PublishProgress() {
          @Override
          public void advanced(long items) {}

          @Override
          public void received(Consignment consignment) {
            told.add("received");
          }

          @Override
          public void acknowledged(Consignment consignment) {
            told.add("acknowledged");
          }

          @Override
          public void refused(Consignment consignment, RejectionReason reason, String why) {
            told.add("refused " + reason + " " + consignment.origin().item());
          }
        };

    try (StudyPublisher publisher = publisher("gate", Workers.callers())) {
      publisher.publish(
          source(
              sink -> {
                told(sink, Consignment.of(found("a")));
                told(sink, Consignment.of(silent).from(origin));
              }),
          progress);
    }

    assertThat(told)
        .containsExactlyInAnyOrder(
            "received", "acknowledged", "received", "refused EMPTY_REPORT /in/b.dcm");
  }

  @Test
  void shouldTellEveryPartitionOfAMerge() {
    publish("gate", sink -> told(sink, Consignment.of(new Merged(1, "new", "old"))));

    List<ProducerRecord<String, byte[]>> records = log.on(STUDIES);
    assertThat(records).extracting(ProducerRecord::partition).containsExactly(0, 1, 2);
    assertThat(studies())
        .allSatisfy(
            study -> {
              String former = study.getCorrection().getFormerPatientId();
              assertThat(study.getStudyId()).isEqualTo("patient/" + former);
              assertThat(study.getPatientId()).isNotEqualTo(former);
            });
  }

  @Test
  void shouldKeepTheOrderOfPartsThatWorkersPrepare() {
    List<String> names = java.util.stream.IntStream.range(0, 40).mapToObj(i -> "s" + i).toList();

    publish(
        "gate",
        Workers.threads(4),
        sink -> names.forEach(it -> sink.accept(found(it), Receipt.NONE)));

    assertThat(studies())
        .extracting(Study::getStudyId)
        .isEqualTo(names.stream().map(this::id).toList());
  }

  private String id(String study) {
    return pseudonymizer.study(study);
  }

  private static Consignment marked(SourceItem item, String key, String value) {
    return new Consignment(List.of(item), List.of(new Mark(key, value)));
  }

  private static Found found(String study) {
    return new Found(1, view(study));
  }

  private static StudyPart view(String study) {
    Image image = new Image.Deferred(() -> new GrayImage(40, 40, new byte[1600]));
    RawView view = new RawView("7", Projection.PA, image);
    return new StudyPart("p", study, List.of(view), Optional.empty(), Map.of());
  }

  private static Found reported(String study, String text) {
    return new Found(2, new StudyPart("p", study, List.of(), report(text), Map.of()));
  }

  private static Optional<Report> report(String text) {
    return named(null, text);
  }

  private static Optional<Report> named(String id, String text) {
    return Optional.of(new Report(text, ReportStatus.FINAL, 1, id));
  }

  private static String told(PartSink sink, Consignment consignment) {
    return send(sink, consignment).join();
  }

  private static CompletableFuture<String> send(PartSink sink, Consignment consignment) {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    sink.accept(
        consignment,
        new Receipt() {
          @Override
          public void acknowledged() {
            outcome.complete("acknowledged");
          }

          @Override
          public void refused(RejectionReason reason, String explanation) {
            outcome.complete("refused " + reason);
          }

          @Override
          public void failed(String explanation) {
            outcome.complete("failed " + explanation);
          }
        });
    return outcome;
  }

  private List<Study> studies() {
    return log.on(STUDIES).stream()
        .map(
            record ->
                RecordSerde.of(Study.class, connection)
                    .deserializer()
                    .deserialize(record.topic(), record.value()))
        .toList();
  }

  private PublishSummary publish(String name, Consumer<PartSink> delivery) {
    return publish(name, Workers.callers(), delivery);
  }

  private PublishSummary publish(String name, Workers workers, Consumer<PartSink> delivery) {
    try (StudyPublisher publisher = publisher(name, workers)) {
      return publisher.publish(source(delivery), PublishProgress.NONE);
    }
  }

  private static StudySource source(Consumer<PartSink> delivery) {
    return new StudySource() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public void deliver(PartSink sink) {
        delivery.accept(sink);
      }
    };
  }

  private StudyPublisher publisher(String name, Workers workers) {
    InstantSource clock = now::get;
    StudyPublisher.Manner manner = new StudyPublisher.Manner(pseudonymizer, 64, List.of());
    return StudyPublisher.named(name, log, connection, manner, workers, clock);
  }
}
