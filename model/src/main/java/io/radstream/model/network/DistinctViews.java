package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.engine.HostMemory;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The views of a batch without the repeats that fill up studies of fewer than three views: the
 * radiograph transformer sees each picture once, which gives the same numbers for less work.
 *
 * @param images distinct views × side × side
 * @param places for each study's three views in turn, the index into images
 */
public record DistinctViews(NDArray images, NDArray places) {

  /**
   * @param values studies × 3 × side × side
   * @throws IllegalArgumentException where there are fewer or more values
   */
  public static DistinctViews of(
      NDManager manager, HostMemory memory, float[] values, int studies, int side) {
    long[] places = new long[studies * ViewFusion.VIEWS];
    NDArray images = images(manager, memory, values, side, places, IntUnaryOperator.identity());
    return new DistinctViews(images, memory.brought(() -> manager.create(places)));
  }

  /**
   * The pictures alone.
   *
   * @param values studies × 3 × side × side
   * @param places is given the index of each view's picture
   * @param room how many pictures there are to be for so many distinct ones; what is more is black
   */
  public static NDArray images(
      NDManager manager,
      HostMemory memory,
      float[] values,
      int side,
      long[] places,
      IntUnaryOperator room) {
    int size = side * side;
    if (values.length != places.length * size) {
      throw new IllegalArgumentException(
          "%d values do not make %d studies of %d views of %d×%d"
              .formatted(
                  values.length, places.length / ViewFusion.VIEWS, ViewFusion.VIEWS, side, side));
    }
    return memory.pictures(
        manager,
        values.length,
        target -> {
          int distinct = 0;
          for (int view = 0; view < places.length; view++) {
            int same = sameInStudy(values, view, size);
            places[view] = same < view ? places[same] : distinct++;
            if (same == view) {
              target.put(values, view * size, size);
            }
          }
          int all = room.applyAsInt(distinct);
          target.put(new float[(all - distinct) * size]);
          return new Shape(all, side, side);
        });
  }

  /** The first view of the same study that shows the same picture; often the view itself. */
  private static int sameInStudy(float[] values, int view, int size) {
    int first = view - view % ViewFusion.VIEWS;
    for (int other = first; other < view; other++) {
      if (Arrays.equals(
          values, other * size, (other + 1) * size, values, view * size, (view + 1) * size)) {
        return other;
      }
    }
    return view;
  }
}
