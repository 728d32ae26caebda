package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.network.UnitVectors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The last so many keys, which a picture is told from (He et al., 2020, "Momentum Contrast"): unit
 * vectors, the oldest in the place of the next. It begins with random ones, always the same. Of one
 * thread.
 */
final class KeyQueue {

  private static final long SEED = 1;

  private final NDArray keys;

  /** A single number: the row that the next key takes. Exact in float32 up to 2^24 keys. */
  private final NDArray next;

  /**
   * @param like whose memory and type the keys have
   */
  KeyQueue(NDArray like, int size, int width) {
    double[] values = new SplittableRandom(SEED).doubles((long) size * width, -1, 1).toArray();
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    NDManager manager = like.getManager();
    try (NDArray single = manager.create(floats, new Shape(size, width));
        NDArray first = single.toType(like.getDataType(), true)) {
      this.keys = UnitVectors.of(first);
    }
    this.next = manager.zeros(new Shape(1));
  }

  /** Keys × width. */
  NDArray keys() {
    return keys;
  }

  /**
   * The newest in the places of the oldest; of more than there are places the last ones.
   *
   * @param rows new keys × width, of unit length
   */
  void push(NDArray rows) {
    long size = keys.getShape().get(0);
    long count = rows.getShape().get(0);
    long from = Math.max(0, count - size);
    long at = ((long) next.toFloatArray()[0] + from) % size;
    while (from < count) {
      long some = Math.min(count - from, size - at);
      try (NDArray source = rows.get("%d:%d".formatted(from, from + some));
          NDArray target = keys.get("%d:%d".formatted(at, at + some))) {
        target.subi(target).addi(source);
      }
      from += some;
      at = (at + some) % size;
    }
    next.set(new float[] {at});
  }

  /** To be saved. */
  Map<String, NDArray> state(String prefix) {
    Map<String, NDArray> state = new LinkedHashMap<>();
    state.put(prefix + "keys", keys);
    state.put(prefix + "next", next);
    return state;
  }

  void recall(String prefix, Recollection.Saved saved) {
    state(prefix)
        .forEach(
            (name, own) -> {
              try (NDArray value = saved.value(name, own.getShape())) {
                value.copyTo(own);
              }
            });
  }
}
