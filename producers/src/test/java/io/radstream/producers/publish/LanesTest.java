package io.radstream.producers.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.publish.SourceItem.Found;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.TopicNames;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Long reports beside short ones. */
class LanesTest {

  private static final String LONG = "The lungs are clear. ".repeat(10_000);
  private static final String SHORT = "The lungs are clear.";

  private final KafkaConnection connection =
      new KafkaConnection("unused:1", "mock://lanes", new TopicNames(""));
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger worked = new AtomicInteger();

  @Test
  void shouldSendShortOnesWhileLongOnesOfOtherLanesTakeTheirTime() {
    publish(
        sink -> {
          CompletableFuture<?>[] held = new CompletableFuture<?>[12];
          for (int i = 0; i < held.length; i++) {
            Consignment heavy = reported("long" + i, LONG).inLane("lane" + i);
            held[i] =
                CompletableFuture.runAsync(
                    () -> tell(sink, heavy), task -> new Thread(task).start());
          }

          String told = tell(sink, reported("short", SHORT).inLane("another"));

          assertThat(told).isEqualTo("acknowledged");
          gate.countDown();
          CompletableFuture.allOf(held).orTimeout(60, TimeUnit.SECONDS).join();
        });
  }

  @Test
  void shouldRefuseATextThatCannotBeSentBeforeItIsWorkedOn() {
    gate.countDown();
    publish(
        sink ->
            assertThat(tell(sink, reported("a", "clear ".repeat(1_500_000))))
                .startsWith("OVERSIZED the report's text has 9000000 bytes; at most ")
                .doesNotContain("view"));

    assertThat(worked).hasValue(0);
  }

  private static String tell(PartSink sink, Consignment consignment) {
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
            outcome.complete(reason + " " + explanation);
          }

          @Override
          public void failed(String explanation) {
            outcome.complete(explanation);
          }
        });
    return outcome.orTimeout(60, TimeUnit.SECONDS).join();
  }

  private void publish(Consumer<PartSink> delivery) {
    RememberedLog log = new RememberedLog("studies", "publish.positions", 3);
    StudyPublisher.Manner manner =
        new StudyPublisher.Manner(Pseudonymizer.demo(), 64, List.of(this::work));
    StudySource source =
        new StudySource() {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public void deliver(PartSink sink) {
            delivery.accept(sink);
          }
        };
    try (StudyPublisher publisher =
        StudyPublisher.named(
            "gate", log, connection, manner, Workers.threads(2), InstantSource.system())) {
      publisher.publish(source, PublishProgress.NONE);
    } finally {
      gate.countDown();
    }
  }

  /** Long ones wait for the gate. */
  private StudyPart work(StudyPart part) {
    worked.incrementAndGet();
    if (part.report().orElseThrow().getText().length() > SHORT.length()) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return part;
  }

  private static Consignment reported(String study, String text) {
    Report report = new Report(text, ReportStatus.FINAL, 1, null);
    return Consignment.of(
        new Found(1, new StudyPart("p", study, List.of(), Optional.of(report), Map.of())));
  }
}
