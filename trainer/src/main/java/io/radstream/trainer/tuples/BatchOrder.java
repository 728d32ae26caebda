package io.radstream.trainer.tuples;

import io.radstream.radiology.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The order in which a run reads its studies: a pure function of the seed, the refs and the step,
 * so that a resumed run goes on with the very same batches. Each epoch is a new permutation, whole
 * batches only, so that no batch holds a study twice; the few left over come in other epochs.
 *
 * <p>The permutation is a block shuffle: blocks of neighbouring refs are put in random order, then
 * a few blocks at a time are mixed. Reading such a group is a few sequential reads, however large
 * the topic. Blocks start at a random ref each epoch, so that every study is equally likely at
 * every place.
 */
public final class BatchOrder {

  static final int BLOCK = 64;
  static final int BLOCKS_MIXED = 8;
  private static final int GROUP = BLOCK * BLOCKS_MIXED;

  /**
   * Where a step reads.
   *
   * @param epoch counted from 0
   * @param position of the batch's first study within the epoch's order
   */
  public record Place(long epoch, int position) {}

  private record Epoch(long number, int[] order) {}

  private final long seed;
  private final List<TupleRef> refs;
  private final int batch;
  private Epoch last = new Epoch(-1, new int[0]);

  /**
   * @param refs the studies, ascending
   * @param batch studies in a step; at most as many as there are refs
   */
  public BatchOrder(long seed, List<TupleRef> refs, int batch) {
    if (batch > refs.size()) {
      throw new IllegalArgumentException(
          "%d studies do not fill a batch of %d".formatted(refs.size(), batch));
    }
    this.seed = seed;
    this.refs = List.copyOf(refs);
    this.batch = batch;
  }

  /**
   * @param step counted from 0
   */
  public Place place(long step) {
    int batches = refs.size() / batch;
    return new Place(step / batches, (int) (step % batches) * batch);
  }

  /**
   * The studies of a batch, followed by the rest of the epoch's order from there on, cyclically:
   * whoever cannot use one of the first takes the next.
   */
  public TupleRef candidate(Place place, int index) {
    int[] order = order(place.epoch());
    return refs.get(order[(place.position() + index) % order.length]);
  }

  /** Studies of an epoch's order. */
  public int size() {
    return refs.size();
  }

  /** All studies whose order was mixed together with a place's: they are best read at once. */
  public List<TupleRef> group(Place place, int index) {
    int[] order = order(place.epoch());
    int at = (place.position() + index) % order.length;
    int begin = at / GROUP * GROUP;
    return Arrays.stream(order, begin, Math.min(order.length, begin + GROUP))
        .mapToObj(refs::get)
        .toList();
  }

  private synchronized int[] order(long epoch) {
    if (last.number() != epoch) {
      last = new Epoch(epoch, shuffle(epoch));
    }
    return last.order();
  }

  private int[] shuffle(long epoch) {
    CounterRandom random = CounterRandom.of(seed, "batch order", epoch);
    int size = refs.size();
    int start = random.nextInt(size);
    int[] order = new int[size];
    int filled = 0;
    for (int block : shuffledBlocks(random, size)) {
      int begin = block * BLOCK;
      for (int i = begin; i < Math.min(size, begin + BLOCK); i++) {
        order[filled++] = (start + i) % size;
      }
    }
    for (int begin = 0; begin < size; begin += GROUP) {
      shuffle(order, begin, Math.min(size, begin + GROUP), random);
    }
    return order;
  }

  private static List<Integer> shuffledBlocks(CounterRandom random, int size) {
    List<Integer> blocks = new ArrayList<>();
    for (int block = 0; block * BLOCK < size; block++) {
      blocks.add(block);
    }
    for (int i = blocks.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int moved = blocks.get(i);
      blocks.set(i, blocks.get(other));
      blocks.set(other, moved);
    }
    return blocks;
  }

  /** Fisher and Yates, over [begin, end). */
  private static void shuffle(int[] values, int begin, int end, CounterRandom random) {
    for (int i = end - 1; i > begin; i--) {
      int other = begin + random.nextInt(i - begin + 1);
      int moved = values[i];
      values[i] = values[other];
      values[other] = moved;
    }
  }
}
