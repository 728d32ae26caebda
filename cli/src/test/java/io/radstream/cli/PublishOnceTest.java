package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.embedded.SharedCluster;
import io.radstream.cli.topics.FoundRecord;
import io.radstream.cli.topics.RecordSearch;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.PublishProgress;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPublisher;
import io.radstream.producers.publish.StudyPublisher.Manner;
import io.radstream.producers.publish.StudySource;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a publisher remembers, on a real broker. */
@ExtendWith(SharedCluster.class)
class PublishOnceTest {

  private static final Manner MANNER = new Manner(Pseudonymizer.demo(), 64, List.of());

  @Test
  void shouldRememberWithTheRecordsAndLeaveTheNameToAnotherProcess(KafkaConnection connection)
      throws Exception {
    new TopicSetup(connection).create(2);
    StudyPublisher first = publisher(connection);
    deliver(first, sink -> assertThat(send(sink, "a").join()).isEqualTo("acknowledged"));
    try (StudyPublisher second = publisher(connection)) {
      deliver(
          second,
          sink -> {
            assertThat(sink.recall("a")).contains("sent");
            assertThat(send(sink, "b").join()).isEqualTo("acknowledged");
          });

      deliver(
          first,
          sink -> {
            assertThat(send(sink, "c").join()).startsWith("failed");
            assertThat(sink.isOpen()).isFalse();
          });
    }
    first.close();

    List<FoundRecord> studies = new RecordSearch(connection, Topic.STUDIES).newest(10);
    assertThat(studies)
        .extracting(record -> record.key().orElseThrow())
        .containsExactly(Pseudonymizer.demo().study("a"), Pseudonymizer.demo().study("b"));
  }

  private static StudyPublisher publisher(KafkaConnection connection) {
    return StudyPublisher.named("gate", connection, MANNER, InstantSource.system());
  }

  private static CompletableFuture<String> send(PartSink sink, String study) {
    Report report = new Report("Clear lungs.", ReportStatus.FINAL, 1, null);
    StudyPart part = new StudyPart("p", study, List.of(), Optional.of(report), Map.of());
    CompletableFuture<String> outcome = new CompletableFuture<>();
    sink.accept(
        new Consignment(List.of(new SourceItem.Found(1, part)), List.of(new Mark(study, "sent"))),
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

  private static void deliver(StudyPublisher publisher, Consumer<PartSink> delivery) {
    publisher.publish(
        new StudySource() {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public void deliver(PartSink sink) {
            delivery.accept(sink);
          }
        },
        PublishProgress.NONE);
  }
}
