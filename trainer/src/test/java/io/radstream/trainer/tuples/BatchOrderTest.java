package io.radstream.trainer.tuples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.trainer.tuples.BatchOrder.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchOrderTest {

  @Test
  void shouldReadEveryStudyOnceAnEpoch() {
    List<TupleRef> refs = refs(1000);
    BatchOrder order = new BatchOrder(7, refs, 100);

    List<TupleRef> epoch = steps(order, 10, 20, 100);

    assertThat(epoch).containsExactlyInAnyOrderElementsOf(refs);
  }

  @Test
  void shouldNeverHoldAStudyTwiceInABatch() {
    BatchOrder order = new BatchOrder(7, refs(50), 16);

    for (long step = 0; step < 40; step++) {
      assertThat(steps(order, step, step + 1, 16)).doesNotHaveDuplicates();
    }
  }

  @Test
  void shouldGoOnFromAnyStepAsIfNeverInterrupted() {
    List<TupleRef> refs = refs(777);
    List<TupleRef> whole = steps(new BatchOrder(7, refs, 32), 0, 100, 32);

    List<TupleRef> resumed = steps(new BatchOrder(7, refs, 32), 61, 100, 32);

    assertThat(resumed).isEqualTo(whole.subList(61 * 32, 100 * 32));
  }

  @Test
  void shouldOrderEachEpochAndEachSeedAnew() {
    List<TupleRef> refs = refs(64);
    BatchOrder order = new BatchOrder(7, refs, 64);

    List<TupleRef> first = steps(order, 0, 1, 64);

    assertThat(steps(order, 1, 2, 64)).isNotEqualTo(first);
    assertThat(steps(new BatchOrder(8, refs, 64), 0, 1, 64)).isNotEqualTo(first);
  }

  /** 600 studies are more than one group of blocks, and do not fill the last block. */
  @Test
  void shouldPutEveryStudyEquallyOftenInThePartsOfAnEpoch() {
    int size = 600;
    int parts = 6;
    int epochs = 3000;
    int[][] counts = new int[size][parts];
    BatchOrder order = new BatchOrder(11, refs(size), size / parts);

    for (int step = 0; step < epochs * parts; step++) {
      for (TupleRef ref : steps(order, step, step + 1, size / parts)) {
        counts[(int) ref.offset()][step % parts]++;
      }
    }

    // Each cell is binomial: mean 500, deviation 20.4; 3,600 cells stay within 5 deviations.
    for (int[] study : counts) {
      assertThat(study).satisfies(row -> IntStream.of(row).forEach(BatchOrderTest::isNear500));
    }
  }

  @Test
  void shouldMixNeighbours() {
    BatchOrder order = new BatchOrder(7, refs(10_000), 32);

    List<TupleRef> batch = steps(order, 3, 4, 32);

    Set<Long> blocks = new HashSet<>();
    batch.forEach(ref -> blocks.add(ref.offset() / BatchOrder.BLOCK));
    assertThat(blocks).hasSizeGreaterThan(BatchOrder.BLOCKS_MIXED / 2);
  }

  @Test
  void shouldReadAGroupFromFewStretchesOfTheTopic() {
    BatchOrder order = new BatchOrder(7, refs(10_000), 32);
    Place place = order.place(0);

    List<TupleRef> group = order.group(place, 0);

    assertThat(group)
        .hasSize(BatchOrder.BLOCK * BatchOrder.BLOCKS_MIXED)
        .contains(order.candidate(place, 0), order.candidate(place, 31));
    long[] offsets = group.stream().mapToLong(TupleRef::offset).sorted().toArray();
    long stretches =
        1 + IntStream.range(1, offsets.length).filter(i -> offsets[i] > offsets[i - 1] + 1).count();
    assertThat(stretches).isLessThanOrEqualTo(BatchOrder.BLOCKS_MIXED + 1);
  }

  @Test
  void shouldRefuseABatchThatIsNeverFull() {
    assertThatThrownBy(() -> new BatchOrder(7, refs(5), 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("5 studies do not fill a batch of 6");
  }

  private static void isNear500(int count) {
    assertThat(count).isBetween(500 - 102, 500 + 102);
  }

  private static List<TupleRef> refs(int count) {
    return LongStream.range(0, count).mapToObj(offset -> new TupleRef(0, offset)).toList();
  }

  private static List<TupleRef> steps(BatchOrder order, long from, long to, int batch) {
    List<TupleRef> refs = new ArrayList<>();
    for (long step = from; step < to; step++) {
      for (int i = 0; i < batch; i++) {
        refs.add(order.candidate(order.place(step), i));
      }
    }
    return refs;
  }
}
