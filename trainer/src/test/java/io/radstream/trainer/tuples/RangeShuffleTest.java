package io.radstream.trainer.tuples;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.CounterRandom;
import io.radstream.schemas.log.OffsetRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeShuffleTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 512, 513, 1_000, 4_097})
  void shouldReadEveryTupleOnceAnEpoch(int size) {
    List<OffsetRange> ranges =
        List.of(
            new OffsetRange(0, 7, 7 + size / 3), new OffsetRange(2, 100, 100 + size - size / 3));

    List<TupleRef> epoch = epoch(new RangeShuffle(7, ranges), 3);

    assertThat(epoch).containsExactlyInAnyOrderElementsOf(all(ranges));
  }

  /** Gaps are marks of transactions, or what was aborted. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldReadTheSameRecordsInTheSameOrderWhateverLiesBetweenThem(long seed) {
    CounterRandom random = CounterRandom.of(seed, "gaps");
    List<List<Long>> close = List.of(offsets(0, 700, random, 1), offsets(0, 411, random, 1));
    List<List<Long>> wide = List.of(offsets(0, 700, random, 9), offsets(35, 411, random, 40));

    List<String> order = ranks(close, epoch(overRanks(close), 2));

    assertThat(order).hasSize(1111).doesNotHaveDuplicates();
    assertThat(ranks(wide, epoch(overRanks(wide), 2))).isEqualTo(order);
  }

  /** Each up to {@code most} behind the one before. */
  private static List<Long> offsets(long begin, int count, CounterRandom random, int most) {
    List<Long> offsets = new ArrayList<>();
    long next = begin;
    for (int i = 0; i < count; i++) {
      next += random.nextInt(most);
      offsets.add(next++);
    }
    return offsets;
  }

  private static RangeShuffle overRanks(List<List<Long>> partitions) {
    List<OffsetRange> ranges = new ArrayList<>();
    Map<Integer, BitSet> records = new HashMap<>();
    for (int partition = 0; partition < partitions.size(); partition++) {
      List<Long> offsets = partitions.get(partition);
      long begin = Math.max(0, offsets.get(0) - 3);
      BitSet bits = new BitSet();
      offsets.forEach(offset -> bits.set((int) (offset - begin)));
      ranges.add(new OffsetRange(partition, begin, offsets.get(offsets.size() - 1) + 2));
      records.put(partition, bits);
    }
    return new RangeShuffle(7, ranges, RecordRanks.of(ranges, records));
  }

  /** As partition and place in the list. */
  private static List<String> ranks(List<List<Long>> partitions, List<TupleRef> refs) {
    return refs.stream()
        .map(ref -> ref.partition() + ":" + partitions.get(ref.partition()).indexOf(ref.offset()))
        .toList();
  }

  @Test
  void shouldOrderEachEpochAndEachSeedAnew() {
    RangeShuffle order = shuffle(7, 64);

    List<TupleRef> first = epoch(order, 0);

    assertThat(epoch(order, 1)).isNotEqualTo(first);
    assertThat(epoch(shuffle(8, 64), 0)).isNotEqualTo(first);
    assertThat(epoch(shuffle(7, 64), 0)).isEqualTo(first);
  }

  /** 600 tuples are more than one group of blocks, and do not fill the last block. */
  @Test
  void shouldPutEveryTupleEquallyOftenInThePartsOfAnEpoch() {
    int size = 600;
    int parts = 6;
    int epochs = 3000;
    int[][] counts = new int[size][parts];
    RangeShuffle order = shuffle(11, size);

    for (int epoch = 0; epoch < epochs; epoch++) {
      List<TupleRef> refs = epoch(order, epoch);
      for (int i = 0; i < size; i++) {
        counts[(int) refs.get(i).offset()][i * parts / size]++;
      }
    }

    // Each cell is binomial: mean 500, deviation 20.4; 3,600 cells stay within 5 deviations.
    for (int[] tuple : counts) {
      assertThat(IntStream.of(tuple)).allSatisfy(count -> assertThat(count).isBetween(398, 602));
    }
  }

  /** Two blocks are neighbours in the order no more often than chance has it. */
  @Test
  void shouldNotKeepNeighbouringBlocksTogether() {
    int blocks = 40;
    int epochs = 2000;
    int together = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      BlockPermutation permutation = new BlockPermutation(3, "blocks", epoch, blocks);
      for (int i = 1; i < blocks; i++) {
        together += permutation.at(i) == permutation.at(i - 1) + 1 ? 1 : 0;
      }
    }

    // Expected: 39 pairs, each with chance 1/40; deviation about 44.
    assertThat(together).isBetween(1950 - 220, 1950 + 220);
  }

  @Test
  void shouldMixNeighbours() {
    List<TupleRef> batch = shuffle(7, 10_000).group(0, 3).subList(0, 32);

    Set<Long> blocks = new HashSet<>();
    batch.forEach(ref -> blocks.add(ref.offset() / RangeShuffle.BLOCK));
    assertThat(blocks).hasSizeGreaterThan(RangeShuffle.BLOCKS_MIXED / 2);
  }

  @Test
  void shouldReadAGroupFromFewStretchesOfTheTopic() {
    List<TupleRef> group = shuffle(7, 10_000).group(0, 0);

    assertThat(group).hasSize(RangeShuffle.GROUP);
    long[] offsets = group.stream().mapToLong(TupleRef::offset).sorted().toArray();
    long stretches =
        1 + IntStream.range(1, offsets.length).filter(i -> offsets[i] > offsets[i - 1] + 1).count();
    assertThat(stretches).isLessThanOrEqualTo(RangeShuffle.BLOCKS_MIXED + 1);
  }

  /** A group of a topic that no memory could list. */
  @Test
  void shouldOrderARangeOfAnyLength() {
    long size = 1L << 50;
    RangeShuffle order = new RangeShuffle(7, List.of(new OffsetRange(0, 0, size)));

    List<TupleRef> group = order.group(5, order.groups() - 1);

    assertThat(group).hasSize(RangeShuffle.GROUP).doesNotHaveDuplicates();
    assertThat(group).allSatisfy(ref -> assertThat(ref.offset()).isBetween(0L, size - 1));
  }

  private static RangeShuffle shuffle(long seed, int size) {
    return new RangeShuffle(seed, List.of(new OffsetRange(0, 0, size)));
  }

  private static List<TupleRef> epoch(RangeShuffle order, long epoch) {
    List<TupleRef> refs = new ArrayList<>();
    for (long group = 0; group < order.groups(); group++) {
      refs.addAll(order.group(epoch, group));
    }
    return refs;
  }

  private static List<TupleRef> all(List<OffsetRange> ranges) {
    return ranges.stream().flatMap(RangeShuffleTest::all).toList();
  }

  private static Stream<TupleRef> all(OffsetRange range) {
    return LongStream.range(range.begin(), range.end())
        .mapToObj(offset -> new TupleRef(range.partition(), offset));
  }
}
