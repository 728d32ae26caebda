package io.radstream.trainer.tuples;

import io.radstream.radiology.CounterRandom;
import io.radstream.schemas.log.OffsetRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The order in which the tuples of some ranges are read: each epoch another permutation of them, a
 * pure function of seed, ranges and epoch. It is computed group by group; time and memory for a
 * group are the same however long the ranges are.
 *
 * <p>The permutation is a block shuffle: blocks of neighbours are put in random order, then a few
 * blocks at a time, a group, are mixed. Reading a group is a few sequential reads, however large
 * the topic. Blocks begin at a random place each epoch, so that every tuple is equally likely at
 * every place.
 *
 * <p>What is put in order is the ranks of records or, in runs that older versions began, offsets,
 * with whatever takes one.
 */
public final class RangeShuffle {

  static final int BLOCK = 64;
  static final int BLOCKS_MIXED = 8;

  /** Most tuples of a group. */
  public static final int GROUP = BLOCK * BLOCKS_MIXED;

  private final long seed;
  private final List<OffsetRange> ranges;
  private final UnaryOperator<TupleRef> located;
  private final long size;

  /**
   * Over offsets.
   *
   * @param ranges at most one of a partition
   */
  RangeShuffle(long seed, List<OffsetRange> ranges) {
    this(seed, ranges, UnaryOperator.identity());
  }

  /**
   * Over ranks: the same records in the same order, whatever lies between them.
   *
   * @param ranges at most one of a partition
   * @param records of these ranges
   */
  RangeShuffle(long seed, List<OffsetRange> ranges, RecordRanks records) {
    this(
        seed,
        ranges.stream()
            .map(range -> new OffsetRange(range.partition(), 0, records.count(range.partition())))
            .toList(),
        rank -> records.at(rank.partition(), rank.offset()));
  }

  private RangeShuffle(long seed, List<OffsetRange> ranges, UnaryOperator<TupleRef> located) {
    this.seed = seed;
    this.ranges = List.copyOf(ranges);
    this.located = located;
    this.size = ranges.stream().mapToLong(range -> range.end() - range.begin()).sum();
  }

  /** Groups of an epoch. */
  public long groups() {
    return (blocks() + BLOCKS_MIXED - 1) / BLOCKS_MIXED;
  }

  private long blocks() {
    return (size + BLOCK - 1) / BLOCK;
  }

  /**
   * The tuples of a group in their order; at most {@link #GROUP}.
   *
   * @param epoch from 0
   * @param group from 0 to {@link #groups} − 1
   */
  public List<TupleRef> group(long epoch, long group) {
    BlockPermutation blocks = new BlockPermutation(seed, "blocks", epoch, blocks());
    long start = CounterRandom.of(seed, "start", epoch).nextLong(size);
    List<TupleRef> refs = new ArrayList<>(GROUP);
    long end = Math.min(blocks(), (group + 1) * BLOCKS_MIXED);
    for (long slot = group * BLOCKS_MIXED; slot < end; slot++) {
      long begin = blocks.at(slot) * BLOCK;
      for (long i = begin; i < Math.min(size, begin + BLOCK); i++) {
        refs.add(ref((start + i) % size));
      }
    }
    shuffle(refs, CounterRandom.of(seed, "group", epoch, group));
    return refs;
  }

  /** Fisher and Yates. */
  private static void shuffle(List<TupleRef> refs, CounterRandom random) {
    for (int i = refs.size() - 1; i > 0; i--) {
      Collections.swap(refs, i, random.nextInt(i + 1));
    }
  }

  /** The tuple at a place of all ranges in a row. */
  private TupleRef ref(long place) {
    long left = place;
    for (OffsetRange range : ranges) {
      long length = range.end() - range.begin();
      if (left < length) {
        return located.apply(new TupleRef(range.partition(), range.begin() + left));
      }
      left -= length;
    }
    throw new IllegalStateException("a place beyond the ranges");
  }
}
