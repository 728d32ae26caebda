package io.radstream.trainer.ledger;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.schemas.StepRecord;
import io.radstream.schemas.Topic;
import io.radstream.trainer.kafka.FakeCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Steps of a line, written and read back. */
class LedgerTest {

  private static final String TOPIC = CONNECTION.topics().of(Topic.TRAINING_LEDGER);
  private static final Set<Thread.State> WAITING_OR_OVER =
      Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

  private final FakeCluster cluster = new FakeCluster().topic(TOPIC, 2);

  @Test
  void shouldPassOverMarksWhenItIsRead() throws Exception {
    try (Ledger ledger = Ledger.open(cluster, CONNECTION, "line")) {
      ledger.write(step(1), List.of());
      ledger.written();
    }
    try (Ledger ledger = Ledger.open(cluster, CONNECTION, "line")) {
      ledger.write(step(2), List.of());
      ledger.written();
    }
    LedgerReader reader = new LedgerReader(cluster, CONNECTION);

    List<Long> steps = new ArrayList<>();
    reader.forEach(entry -> steps.add(entry.record().getStep()));

    assertThat(steps).containsExactly(1L, 2L);
    assertThat(reader.from(new LedgerPosition(0, 0), "run"))
        .extracting(entry -> entry.position().offset())
        .containsExactly(1L, 3L);
    assertThat(reader.newestRun(record -> true)).isEqualTo(Optional.empty());
  }

  @Test
  void shouldFinishWhatIsUnderWayBeforeItCloses() throws Exception {
    CountDownLatch committing = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    Ledger ledger = Ledger.open(cluster, CONNECTION, "line");
    cluster.beforeCommit(
        () -> {
          committing.countDown();
          await(answered);
        });
    ledger.write(step(1), List.of());
    committing.await();

    Thread closing = new Thread(ledger::close);
    closing.start();
    while (!WAITING_OR_OVER.contains(closing.getState())) {
      Thread.onSpinWait();
    }
    answered.countDown();
    closing.join();

    assertThat(cluster.values(TOPIC)).hasSize(1);
  }

  @Test
  void shouldTellOfAnErrorInTheThreadThatCommits() throws Exception {
    try (Ledger ledger = Ledger.open(cluster, CONNECTION, "line")) {
      cluster.beforeCommit(
          () -> {
            throw new LinkageError("no such class");
          });
      ledger.write(step(1), List.of());

      assertThatThrownBy(ledger::written)
          .isInstanceOf(LinkageError.class)
          .hasMessage("no such class");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static StepRecord step(long number) {
    return StepRecord.newBuilder()
        .setRunId("run")
        .setStep(number)
        .setSeed(0)
        .setBatchDigest("")
        .setLearningRates(Map.of())
        .setLosses(Map.of())
        .build();
  }
}
