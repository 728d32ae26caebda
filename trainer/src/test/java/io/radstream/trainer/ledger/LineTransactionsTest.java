package io.radstream.trainer.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.kafka.FakeCluster;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processes of one model line, on a broker that does not always answer. */
class LineTransactionsTest {

  private static final String LEDGER = "ledger";
  private static final String TAKEN = "another trainer has taken over line line";

  private final FakeCluster cluster = new FakeCluster().topic(LEDGER, 3);
  private final List<LineTransactions> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(LineTransactions::close);
  }

  @Test
  void shouldHaveAStepOnceWhoseCommitWasNotAnswered() throws Exception {
    LineTransactions process = open("process");
    process.commit(step("1"), List.of());
    cluster.afterCommit(LineTransactionsTest::noAnswer);

    LedgerPosition position = process.commit(step("2"), List.of());

    assertThat(written()).containsExactly("1", "2");
    assertThat(position).isEqualTo(new LedgerPosition(0, 2));
  }

  @Test
  void shouldHaveTheFirstStepOnceWhoseCommitWasNotAnswered() throws Exception {
    LineTransactions process = open("process");
    cluster.afterCommit(LineTransactionsTest::noAnswer);

    process.commit(step("1"), List.of());

    assertThat(written()).containsExactly("1");
  }

  @Test
  void shouldWriteAgainWhatWasNotCommitted() throws Exception {
    LineTransactions process = open("process");
    process.commit(step("1"), List.of());
    cluster.beforeCommit(LineTransactionsTest::noAnswer);

    process.commit(step("2"), List.of());

    assertThat(written()).containsExactly("1", "2");
  }

  /** The broker begins a producer before what the one before it has committed can be read. */
  @Test
  void shouldHaveAStepOnceThatComesToLightLate() throws Exception {
    LineTransactions process = open("process");
    cluster.afterCommit(
        () -> {
          cluster.withhold(LEDGER, 0, 1);
          noAnswer();
        });

    process.commit(step("1"), List.of());

    assertThat(written()).containsExactly("1");
  }

  @Test
  void shouldPublishWhatIsBesideAStepWithIt() throws Exception {
    cluster.topic("metrics", 1);
    LineTransactions process = open("process");
    cluster.beforeCommit(LineTransactionsTest::noAnswer);

    process.commit(step("1"), List.of(new ProducerRecord<>("metrics", "run", bytes("loss"))));

    assertThat(cluster.values("metrics")).containsExactly(bytes("loss"));
  }

  @Test
  void shouldTellItsOwnMarksFromThoseOfOthers() throws Exception {
    LineTransactions process = open("process");
    process.commit(step("1"), List.of());
    // The step is not committed, and of the mark it is not known.
    cluster.beforeCommit(LineTransactionsTest::noAnswer);
    cluster.afterCommit(LineTransactionsTest::noAnswer);

    process.commit(step("2"), List.of());
    process.commit(step("3"), List.of());

    assertThat(written()).containsExactly("1", "2", "3");
  }

  /** What it asked for before may reach a broker that stood still after what it asks for now. */
  @Test
  void shouldGoOnWhereItIsRefusedForARequestOfItsOwn() throws Exception {
    LineTransactions process = open("process");
    process.commit(step("1"), List.of());
    cluster.beforeCommit(LineTransactionsTest::noAnswer);
    cluster.beforeCommit(() -> cluster.transactionalProducer("ledger.line").close());

    process.commit(step("2"), List.of());

    assertThat(written()).containsExactly("1", "2");
  }

  @Test
  void shouldGiveUpItsLineAndLeaveTheOtherAlone() throws Exception {
    LineTransactions process = open("process");
    process.commit(step("1"), List.of());
    cluster.beforeCommit(
        () -> {
          commit(open("other"), "2");
          noAnswer();
        });

    assertThatThrownBy(() -> process.commit(step("2"), List.of()))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining(TAKEN);
    commit(opened.get(1), "3");

    assertThat(written()).containsExactly("1", "2", "3");
  }

  @Test
  void shouldGiveUpItsLineThoughItsStepWasCommitted() throws Exception {
    LineTransactions process = open("process");
    cluster.afterCommit(
        () -> {
          commit(open("other"), "2");
          noAnswer();
        });

    assertThatThrownBy(() -> process.commit(step("1"), List.of())).hasMessageContaining(TAKEN);
    commit(opened.get(1), "3");

    assertThat(written()).containsExactly("1", "2", "3");
  }

  @Test
  void shouldGiveUpItsLineWhereTheOtherHasWrittenNothingYet() {
    LineTransactions process = open("process");
    cluster.beforeCommit(
        () -> {
          open("other");
          noAnswer();
        });

    assertThatThrownBy(() -> process.commit(step("1"), List.of())).hasMessageContaining(TAKEN);
    commit(opened.get(1), "1");

    assertThat(written()).containsExactly("1");
  }

  @Test
  void shouldGiveUpItsLineWhereTheOtherBeginsWhileItComesBack() throws Exception {
    Deque<Runnable> between = new ArrayDeque<>(List.of(() -> {}, () -> commit(open("other"), "2")));
    LineTransactions process = open(beforeProducers(between), "process");
    process.commit(step("1"), List.of());
    cluster.beforeCommit(LineTransactionsTest::noAnswer);

    assertThatThrownBy(() -> process.commit(step("2"), List.of())).hasMessageContaining(TAKEN);

    assertThat(between).isEmpty();
    assertThat(written()).containsExactly("1", "2");
  }

  @Test
  void shouldGiveUpItsLineWhereTheOtherIsOfAnOlderVersion() {
    LineTransactions process = open("process");
    cluster.beforeCommit(
        () -> {
          cluster.append(LEDGER, 0, "line", null);
          noAnswer();
        });

    assertThatThrownBy(() -> process.commit(step("1"), List.of())).hasMessageContaining(TAKEN);
  }

  @Test
  void shouldNotTakeTheSameStepOfAnotherForItsOwn() throws Exception {
    LineTransactions process = open("process");
    process.commit(step("1"), List.of());
    cluster.beforeCommit(
        () -> {
          cluster.append(LEDGER, 0, "run", bytes("2"));
          noAnswer();
        });

    assertThatThrownBy(() -> process.commit(step("2"), List.of())).hasMessageContaining(TAKEN);
  }

  @Test
  void shouldNotMindOtherLines() throws Exception {
    LineTransactions process = open("process");
    cluster.beforeCommit(
        () -> {
          cluster.append(LEDGER, 0, "line-2", null);
          cluster.append(LEDGER, 0, "line-2-run", bytes("of another line"));
          noAnswer();
        });

    process.commit(step("1"), List.of());

    assertThat(written()).containsExactly("of another line", "1");
  }

  @Test
  void shouldTakeTheLineFromAnOlderProcess() throws Exception {
    LineTransactions older = open("older");
    older.commit(step("1"), List.of());

    LineTransactions newer = open("newer");

    assertThatThrownBy(() -> older.commit(step("2"), List.of()))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining(TAKEN);
    newer.commit(step("2"), List.of());
    assertThat(written()).containsExactly("1", "2");
  }

  @Test
  void shouldGoOnWithAnotherRunOfTheLine() throws Exception {
    LineTransactions process = open("process");
    process.commit(step("1"), List.of());
    cluster.afterCommit(LineTransactionsTest::noAnswer);

    process.commit(new ProducerRecord<>(LEDGER, 2, "next run", bytes("2")), List.of());

    assertThat(written()).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void shouldGiveUpWhereTheLedgerWasCut() throws Exception {
    LineTransactions process = open("process");
    LedgerPosition last = process.commit(step("1"), List.of());
    cluster.beforeCommit(
        () -> {
          cluster.cut(LEDGER, 0, last.offset() + 1);
          cluster.append(LEDGER, 0, "whoever", bytes("later"));
          noAnswer();
        });

    assertThatThrownBy(() -> process.commit(step("2"), List.of()))
        .hasMessageContaining("does not hold the offsets");
  }

  @Test
  void shouldGiveUpWhereTheLedgerWasMadeAgain() throws Exception {
    LineTransactions process = open("process");
    process.commit(step("1"), List.of());
    cluster.beforeCommit(
        () -> {
          cluster.topic(LEDGER, 3);
          noAnswer();
        });

    assertThatThrownBy(() -> process.commit(step("2"), List.of()))
        .hasMessageContaining("was the topic deleted and made again?");
    assertThat(written()).isEmpty();
  }

  private static void noAnswer() {
    throw new TimeoutException("no answer");
  }

  private LineTransactions open(String process) {
    return open(cluster, process);
  }

  private LineTransactions open(KafkaClients clients, String process) {
    LineTransactions transactions =
        new LineTransactions(clients, new LineRecords(clients, LEDGER, "line", process));
    opened.add(transactions);
    return transactions;
  }

  /** What happens before each transactional producer is there. */
  private KafkaClients beforeProducers(Deque<Runnable> happens) {
    return new KafkaClients() {
      @Override
      public Consumer<byte[], byte[]> consumer() {
        return cluster.consumer();
      }

      @Override
      public Producer<String, byte[]> producer() {
        return cluster.producer();
      }

      @Override
      public Producer<String, byte[]> transactionalProducer(String id) {
        happens.remove().run();
        return cluster.transactionalProducer(id);
      }
    };
  }

  private static void commit(LineTransactions transactions, String step) {
    transactions.commit(step(step), List.of());
  }

  private static ProducerRecord<String, byte[]> step(String text) {
    return new ProducerRecord<>(LEDGER, "run", bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> written() {
    return cluster.values(LEDGER).stream()
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .toList();
  }
}
