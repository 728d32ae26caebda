package io.radstream.model.engine;

import ai.djl.pytorch.jni.IValue;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sums over the ranks of a group, list after list, each on its way while the next one is still
 * computed: it is dealt out to the ranks, each adds up a part, and sends that to the others. All
 * ranks add the same lists in the same order. For one thread.
 */
public final class GroupSums implements AutoCloseable {

  private final ProcessGroup group;
  private final boolean fast;
  private final boolean rounded;
  private final Deque<IValue> dealt = new ArrayDeque<>();
  private final Deque<IValue> summed = new ArrayDeque<>();
  private long sent;

  private GroupSums(ProcessGroup group, boolean fast, boolean rounded) {
    this.group = group;
    this.fast = fast;
    this.rounded = rounded;
  }

  /** By ranks, neighbours first, {@code (0 + 1) + (2 + 3)}, whatever the transport does. */
  public static GroupSums exact(ProcessGroup group) {
    return new GroupSums(group, false, false);
  }

  /**
   * The same of numbers that are such of bfloat16 already, sent as these, each sum of two rounded
   * to one.
   */
  public static GroupSums rounded(ProcessGroup group) {
    return new GroupSums(group, false, true);
  }

  /** In whatever order the transport adds. */
  public static GroupSums fast(ProcessGroup group) {
    return new GroupSums(group, true, false);
  }

  /**
   * Begins to add, in place. Until {@link #finish} the numbers may be those of before or those of
   * behind.
   *
   * @param tensors of one type; of the same shapes in each rank; the list is the caller's to close
   */
  public void add(IValue tensors) {
    if (group.isAlone()) {
      return;
    }
    count(tensors);
    if (fast) {
      summed.add(group.begin("reduce", tensors, group.overHost()));
    } else {
      dealt.add(
          group.begin("deal", tensors, group.overHost(), group.world(), IValue.from(rounded)));
      if (dealt.size() > 1) {
        addDealt();
      }
    }
    if (summed.size() > 1) {
      put();
    }
  }

  private void addDealt() {
    try (IValue first = dealt.remove()) {
      summed.add(group.begin("add", first, group.world(), IValue.from(rounded)));
    }
  }

  private void put() {
    try (IValue first = summed.remove()) {
      group.end("finish", first);
    }
  }

  /** Until all is added up. */
  public void finish() {
    while (!dealt.isEmpty()) {
      addDealt();
    }
    while (!summed.isEmpty()) {
      put();
    }
  }

  /** Lets go of what did not come to its end. */
  @Override
  public void close() {
    dealt.forEach(IValue::close);
    dealt.clear();
    summed.forEach(IValue::close);
    summed.clear();
  }

  /** Each rank sends all but its own part of what is dealt out, and then of the sums. */
  private void count(IValue tensors) {
    long numbers = group.end("numbers", tensors);
    long world = group.seat().world();
    sent += 2 * numbers * (rounded ? Short.BYTES : Float.BYTES) * (world - 1) / world;
  }

  /** Bytes that this rank has sent so far, or is sending, but for what carries them. */
  public long sentBytes() {
    return sent;
  }
}
