package io.radstream.trainer.tuples;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.kafka.FakeCluster;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TupleReadersTest {

  private static final String TOPIC = CONNECTION.topics().of(Topic.TUPLES_TRAIN);
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 20;

  private final FakeCluster cluster = new FakeCluster().topic(TOPIC, PARTITIONS);

  @BeforeEach
  void fill() throws IOException {
    byte[] image = Tuples.png(Tuples.bar(0, 10));
    try (ReportTokenizer tokenizer = Tuples.tokenizer()) {
      for (int i = 0; i < RECORDS; i++) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
          StudyTuple tuple =
              Tuples.tuple(partition + "-" + i, 1, tokenizer, "left effusion", image);
          cluster.append(TOPIC, partition, Tuples.bytes(tuple, TOPIC));
        }
      }
    }
  }

  @Test
  void shouldReadTheSameWhateverTheirNumber() {
    for (int count : new int[] {1, 2, 3, 5}) {
      Map<TupleRef, String> found = new ConcurrentHashMap<>();
      try (TupleReaders readers = open(count)) {
        for (int round = 0; round < 2; round++) {
          found.clear();

          readers.read(refs(), (ref, tuple, time, origin) -> found.put(ref, tuple.getStudyId()));

          assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(refs());
        }
      }
      found.forEach((ref, id) -> assertThat(id).isEqualTo(ref.partition() + "-" + ref.offset()));
    }
  }

  @Test
  void shouldReadSideBySide() {
    CyclicBarrier both = new CyclicBarrier(2);
    List<TupleRef> two = List.of(new TupleRef(0, 3), new TupleRef(2, 5));
    Map<TupleRef, Integer> met = new ConcurrentHashMap<>();

    try (TupleReaders readers = open(2)) {
      readers.read(two, (ref, tuple, time, origin) -> met.put(ref, meet(both)));
    }

    assertThat(met).hasSize(2);
  }

  @Test
  void shouldTellWhatCannotBeReadAndReadOnAfterwards() {
    cluster.hide(TOPIC, 1, 7);
    try (TupleReaders readers = open(2)) {
      Map<TupleRef, String> found = new ConcurrentHashMap<>();

      assertThatThrownBy(
              () ->
                  readers.read(
                      refs(), (ref, tuple, time, origin) -> found.put(ref, tuple.getStudyId())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("test.tuples.train-1 offset 7 is gone");

      assertThat(found.keySet()).contains(new TupleRef(0, 19), new TupleRef(2, 19));
      readers.read(
          List.of(new TupleRef(1, 9)),
          (ref, tuple, time, origin) -> assertThat(tuple.getStudyId()).isEqualTo("1-9"));
    }
  }

  private static int meet(CyclicBarrier both) {
    try {
      return both.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("they do not read side by side", e);
    }
  }

  private TupleReaders open(int count) {
    return TupleReaders.open(cluster, CONNECTION, Topic.TUPLES_TRAIN, count);
  }

  private static List<TupleRef> refs() {
    return IntStream.range(0, PARTITIONS)
        .boxed()
        .flatMap(
            partition ->
                IntStream.range(0, RECORDS).mapToObj(offset -> new TupleRef(partition, offset)))
        .toList();
  }
}
