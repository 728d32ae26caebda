package io.radstream.trainer.tuples;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.CounterRandom;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.trainer.kafka.FakeCluster;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordRanksTest {

  private static final String TOPIC = "topic";

  /** Lengths about the borders of words and of what is counted together. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 511, 512, 513, 5_000})
  void shouldCountWhatComesBeforeEachRecord(int length) {
    CounterRandom random = CounterRandom.of(length, "records");
    BitSet bits = new BitSet();
    for (int i = 0; i < length; i++) {
      // Long stretches without a record and with records only, and everything between.
      bits.set(i, random.nextInt(100) < Math.floorMod(i / 700 * 37, 101));
    }
    bits.set(0, length > 0);
    List<OffsetRange> ranges = List.of(new OffsetRange(3, 20, 20 + length));

    RecordRanks ranks = RecordRanks.of(ranges, Map.of(3, bits));

    long rank = 0;
    for (int i = 0; i < length; i++) {
      TupleRef ref = new TupleRef(3, 20 + i);
      assertThat(ranks.rank(ref)).isEqualTo(bits.get(i) ? rank : -1);
      if (bits.get(i)) {
        assertThat(ranks.at(3, rank)).isEqualTo(ref);
        rank++;
      }
    }
    assertThat(ranks.count(3)).isEqualTo(rank);
  }

  @Test
  void shouldKnowNoRankOfWhatIsNotInTheRange() {
    BitSet bits = new BitSet();
    bits.set(0, 10);

    RecordRanks ranks = RecordRanks.of(List.of(new OffsetRange(0, 5, 9)), Map.of(0, bits, 1, bits));

    assertThat(ranks.count(0)).isEqualTo(4);
    assertThat(ranks.count(1)).isZero();
    assertThat(ranks.partitions()).containsExactly(0);
    assertThat(ranks.rank(new TupleRef(0, 4))).isEqualTo(-1);
    assertThat(ranks.rank(new TupleRef(0, 9))).isEqualTo(-1);
    assertThat(ranks.rank(new TupleRef(1, 5))).isEqualTo(-1);
  }

  @Test
  void shouldReadThemFromATopic() {
    FakeCluster cluster = new FakeCluster().topic(TOPIC, 2);
    cluster.append(TOPIC, 0, new byte[1]);
    cluster.mark(TOPIC, 0);
    cluster.append(TOPIC, 0, null);
    cluster.append(TOPIC, 0, new byte[1]);
    cluster.mark(TOPIC, 0);

    RecordRanks ranks = RecordRanks.read(cluster, TOPIC);

    assertThat(ranks.partitions()).containsExactlyInAnyOrder(0, 1);
    assertThat(ranks.count(0)).isEqualTo(3);
    assertThat(ranks.at(0, 1)).isEqualTo(new TupleRef(0, 2));
    assertThat(ranks.count(1)).isZero();
  }
}
