package io.radstream.model.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.layers.MultiHeadAttention.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Keys and values that outlive the pass that they come from, by block. Whatever takes the place of
 * another closes it.
 *
 * @param manager of these alone
 */
record KeptMemory(NDManager manager, List<Memory> memories) implements AutoCloseable {

  private static KeptMemory of(NDManager parent, List<Memory> memories) {
    NDManager own = parent.newSubManager();
    for (Memory memory : memories) {
      memory.keys().attach(own);
      memory.values().attach(own);
    }
    return new KeptMemory(own, memories);
  }

  /**
   * @param old what they take the place of; null for nothing
   */
  static KeptMemory instead(NDManager parent, KeptMemory old, List<Memory> memories) {
    KeptMemory kept = of(parent, memories);
    if (old != null) {
      old.close();
    }
    return kept;
  }

  /**
   * Rows behind those that there are.
   *
   * @param first null for none
   */
  static KeptMemory behind(NDManager parent, KeptMemory first, List<Memory> more) {
    if (first == null) {
      return of(parent, more);
    }
    return instead(
        parent,
        first,
        IntStream.range(0, more.size())
            .mapToObj(
                i ->
                    new Memory(
                        first.memories.get(i).keys().concat(more.get(i).keys(), 0),
                        first.memories.get(i).values().concat(more.get(i).values(), 0)))
            .toList());
  }

  /** The same with zeros behind, for so many rows more. */
  KeptMemory withEmpty(NDManager parent, int rows) {
    return changed(parent, array -> array.concat(zeros(array, rows), 0));
  }

  private static NDArray zeros(NDArray like, int rows) {
    Shape shape = like.getShape();
    return like.getManager()
        .zeros(new Shape(rows, shape.get(1), shape.get(2), shape.get(3)), like.getDataType());
  }

  /**
   * These rows, in this order.
   *
   * @param unused places in front that none of them has
   */
  KeptMemory rows(NDManager parent, int[] rows, int unused) {
    long[] wide = Arrays.stream(rows).asLongStream().toArray();
    return changed(
        parent,
        array -> {
          NDArray chosen = array.get(array.getManager().create(wide));
          return unused == 0 ? chosen : chosen.get(":, :, %d:".formatted(unused));
        });
  }

  private KeptMemory changed(NDManager parent, UnaryOperator<NDArray> change) {
    try (NDManager scratch = parent.newSubManager()) {
      lend(scratch);
      return of(
          parent,
          memories.stream()
              .map(memory -> new Memory(change.apply(memory.keys()), change.apply(memory.values())))
              .toList());
    } finally {
      close();
    }
  }

  /** Until the borrower is closed, results belong to it. */
  void lend(NDManager borrower) {
    for (Memory memory : memories) {
      borrower.tempAttachAll(memory.keys(), memory.values());
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
