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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TupleReaderTest {

  private static final String TOPIC = CONNECTION.topics().of(Topic.TUPLES_TRAIN);
  private static final int RECORDS = 200;

  private final FakeCluster cluster = new FakeCluster().topic(TOPIC, 2);

  @BeforeEach
  void fill() throws IOException {
    byte[] image = Tuples.png(Tuples.bar(0, 10));
    try (ReportTokenizer tokenizer = Tuples.tokenizer()) {
      for (int i = 0; i < RECORDS; i++) {
        for (int partition = 0; partition < 2; partition++) {
          StudyTuple tuple =
              Tuples.tuple(partition + "-" + i, 1, tokenizer, "left effusion", image);
          cluster.append(TOPIC, partition, Tuples.bytes(tuple, TOPIC));
        }
      }
    }
  }

  @Test
  void shouldReadWhatTheRefsName() {
    List<TupleRef> refs =
        List.of(new TupleRef(1, 150), new TupleRef(0, 199), new TupleRef(1, 3), new TupleRef(0, 0));

    Map<TupleRef, StudyTuple> read = read(refs);

    assertThat(read).hasSize(4);
    read.forEach(
        (ref, tuple) ->
            assertThat(tuple.getStudyId()).isEqualTo(ref.partition() + "-" + ref.offset()));
  }

  @Test
  void shouldReadNeighboursInOneGo() {
    List<TupleRef> refs =
        LongStream.range(20, 120).mapToObj(offset -> new TupleRef(0, offset)).toList();

    Map<TupleRef, StudyTuple> read = read(refs);

    assertThat(read.keySet()).containsExactlyInAnyOrderElementsOf(refs);
    assertThat(cluster.seeks()).isEqualTo(1);
  }

  @Test
  void shouldSkipALargeGap() {
    read(List.of(new TupleRef(0, 1), new TupleRef(0, 190)));

    assertThat(cluster.seeks()).isEqualTo(2);
  }

  @Test
  void shouldSurviveABrokersHiccup() {
    cluster.failPolls(new DisconnectException("gone"), new TimeoutException("slow"));

    assertThat(read(List.of(new TupleRef(0, 5)))).hasSize(1);
  }

  @Test
  void shouldNameATupleThatRetentionTook() {
    cluster.cut(TOPIC, 0, 100);

    assertThatThrownBy(() -> read(List.of(new TupleRef(0, 5))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("test.tuples.train-0 offset 5 is gone");
  }

  @Test
  void shouldNameATupleThatIsMissing() {
    cluster.hide(TOPIC, 0, 50);

    assertThatThrownBy(() -> read(List.of(new TupleRef(0, 50))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("test.tuples.train-0 offset 50 is gone");
  }

  private Map<TupleRef, StudyTuple> read(List<TupleRef> refs) {
    try (TupleReader reader = TupleReader.open(cluster, CONNECTION, Topic.TUPLES_TRAIN)) {
      Map<TupleRef, StudyTuple> found = new HashMap<>();
      reader.read(refs, (ref, tuple, time, origin) -> found.put(ref, tuple));
      return found;
    }
  }
}
