package io.radstream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.log.Patience;
import io.radstream.schemas.log.TopicConsumer;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.config.Arrangement;
import io.radstream.trainer.kafka.FakeCluster;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How far back studies may be replayed: so many records, wherever transactions ended. */
class ReplayWindowTest {

  private static final TopicPartition PARTITION = new TopicPartition("topic", 0);

  @Test
  void shouldReachBackOverRecordsAndNotOverMarks() {
    ReplayWindow window = new ReplayWindow(3, Arrangement.RANKS);
    ArrivalCursor cursor = new ArrivalCursor(0, 100, OptionalLong.of(40));

    for (int i = 0; i < 5; i++) {
      window.add(cursor.polled(100 + 10 * i), "study" + i);
    }

    assertThat(window.arrivals()).extracting(Arrival::rank).containsExactly(42L, 43L, 44L);
  }

  @Test
  void shouldReachBackOverOffsetsInOlderRuns() {
    ReplayWindow window = new ReplayWindow(15, Arrangement.OFFSETS);
    ArrivalCursor cursor = new ArrivalCursor(0, 100, OptionalLong.empty());

    for (int i = 0; i < 5; i++) {
      window.add(cursor.polled(100 + 10 * i), "study" + i);
    }

    assertThat(window.arrivals())
        .extracting(arrival -> arrival.ref().offset())
        .containsExactly(130L, 140L);
  }

  @Test
  void shouldHoldTheNewestRevisionOnly() {
    ReplayWindow window = new ReplayWindow(3, Arrangement.RANKS);
    ArrivalCursor cursor = new ArrivalCursor(0, 0, OptionalLong.of(0));

    for (String study : List.of("a", "b", "a")) {
      window.add(cursor.polled(cursor.offset() + 2), study);
    }

    assertThat(window.arrivals()).extracting(Arrival::rank).containsExactly(1L, 2L);
  }

  /** Every record in a transaction of its own, and three marks behind each. */
  @Test
  void shouldBeFilledAgainFromTheNewestRecords() {
    FakeCluster cluster = new FakeCluster().topic(PARTITION.topic(), 1);
    for (int i = 0; i < 20; i++) {
      cluster.append(PARTITION.topic(), 0, ("study" + i).getBytes(StandardCharsets.UTF_8));
      for (int mark = 0; mark < 3; mark++) {
        cluster.mark(PARTITION.topic(), 0);
      }
    }
    ArrivalCursor cursor = new ArrivalCursor(0, 60, OptionalLong.of(15));
    ReplayWindow window = new ReplayWindow(6, Arrangement.RANKS);

    try (TopicConsumer log =
        new TopicConsumer(cluster.consumer(), PARTITION.topic(), Patience.limited())) {
      new EarlierArrivals(log, ReplayWindowTest::decode, Arrangement.RANKS)
          .fill(window, PARTITION, 0, cursor, 6);
    }

    assertThat(window.arrivals())
        .extracting(Arrival::rank)
        .containsExactly(9L, 10L, 11L, 12L, 13L, 14L);
    assertThat(window.arrivals())
        .extracting(arrival -> arrival.ref().offset())
        .containsExactly(36L, 40L, 44L, 48L, 52L, 56L);
    assertThat(cursor.polled(60).rank()).isEqualTo(15);
  }

  @Test
  void shouldLoseWhatWasTakenBackAlsoWhenItIsFilledAgain() {
    FakeCluster cluster = new FakeCluster().topic(PARTITION.topic(), 1);
    for (String study : List.of("a", "b", "-a", "c")) {
      cluster.append(PARTITION.topic(), 0, study.getBytes(StandardCharsets.UTF_8));
    }
    ReplayWindow window = new ReplayWindow(6, Arrangement.RANKS);

    try (TopicConsumer log =
        new TopicConsumer(cluster.consumer(), PARTITION.topic(), Patience.limited())) {
      new EarlierArrivals(log, ReplayWindowTest::decode, Arrangement.RANKS)
          .fill(window, PARTITION, 0, new ArrivalCursor(0, 4, OptionalLong.of(4)), 6);
    }

    assertThat(window.arrivals())
        .extracting(arrival -> arrival.ref().offset())
        .containsExactly(1L, 3L);
  }

  @Test
  void shouldNotKnowTheRankBehindWhatWasPassedOver() {
    ArrivalCursor cursor = new ArrivalCursor(0, 10, OptionalLong.of(4));
    Arrival first = cursor.polled(12);
    cursor.polled(13);
    cursor.taken(first);

    cursor.passTo(13);
    assertThat(cursor.rank()).hasValue(5);
    assertThat(cursor.polled(13).rank()).isEqualTo(5);
    cursor.passTo(30);

    assertThat(cursor.rank()).isEmpty();
    assertThat(cursor.polled(31).rank()).isEqualTo(-1);
  }

  private static Optional<StudyTuple> decode(ConsumerRecord<byte[], byte[]> record) {
    String study = new String(record.value(), StandardCharsets.UTF_8);
    if (study.startsWith("-")) {
      return Optional.of(Tuples.takenBack(study.substring(1), 2));
    }
    return Optional.of(
        StudyTuple.newBuilder()
            .setStudyId(study)
            .setPatientId("p")
            .setRevision(1)
            .setViews(List.of())
            .setSelection(List.of())
            .setTokens(List.of(1, 2, 3))
            .setTokenizer("t")
            .setSections(List.of())
            .setOrigins(List.of())
            .build());
  }
}
