package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.engine.HostMemory;
import java.util.Arrays;

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
    int size = side * side;
    int views = studies * ViewFusion.VIEWS;
    if (values.length != views * size) {
      throw new IllegalArgumentException(
          "%d values do not make %d studies of %d views of %d×%d"
              .formatted(values.length, studies, ViewFusion.VIEWS, side, side));
    }
    long[] places = new long[views];
    NDArray images =
        memory.pictures(
            manager,
            values.length,
            target -> {
              int distinct = 0;
              for (int view = 0; view < views; view++) {
                int same = sameInStudy(values, view, size);
                places[view] = same < view ? places[same] : distinct++;
                if (same == view) {
                  target.put(values, view * size, size);
                }
              }
              return new Shape(distinct, side, side);
            });
    return new DistinctViews(images, manager.create(places));
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
