package io.radstream.evaluation.boxes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * A value for each pixel of a square picture.
 *
 * @param side in pixels
 * @param values side × side, row by row from the top left
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record ValueMap(int side, float[] values) {

  /**
   * @throws IllegalArgumentException where there are not side × side values
   */
  public ValueMap {
    if (side < 1 || values.length != side * side) {
      throw new IllegalArgumentException(
          "%d values do not make %d×%d pixels".formatted(values.length, side, side));
    }
  }

  /**
   * A region of pixels that touch each other side by side.
   *
   * @param box that it just fits in
   * @param peak highest of its values
   */
  public record Region(Box box, double peak) {}

  /** A place, in parts of the picture's width and height. */
  public record Point(double x, double y) {}

  /** The middle of the pixel with the highest value, of several the first. */
  public Point peak() {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    int row = best / side;
    return new Point((best % side + 0.5) / side, (row + 0.5) / side);
  }

  /**
   * The regions of all that is above a threshold, the one with the highest value first.
   *
   * @param threshold a pixel of this value is not above it
   */
  public List<Region> above(double threshold) {
    boolean[] open = new boolean[values.length];
    for (int i = 0; i < open.length; i++) {
      open[i] = values[i] > threshold;
    }
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < open.length; i++) {
      if (open[i]) {
        regions.add(region(open, i));
      }
    }
    regions.sort(Comparator.comparingDouble(Region::peak).reversed());
    return List.copyOf(regions);
  }

  private Region region(boolean[] open, int first) {
    // Left, top, right and bottom pixel.
    int[] edges = {side, side, 0, 0};
    double peak = values[first];
    Deque<Integer> next = new ArrayDeque<>();
    take(open, first, next);
    while (!next.isEmpty()) {
      int at = next.pop();
      int x = at % side;
      int y = at / side;
      peak = Math.max(peak, values[at]);
      edges[0] = Math.min(edges[0], x);
      edges[1] = Math.min(edges[1], y);
      edges[2] = Math.max(edges[2], x);
      edges[3] = Math.max(edges[3], y);
      neighbours(x, y).forEach(neighbour -> take(open, neighbour, next));
    }
    return new Region(
        new Box(
            (double) edges[0] / side,
            (double) edges[1] / side,
            (edges[2] - edges[0] + 1.0) / side,
            (edges[3] - edges[1] + 1.0) / side),
        peak);
  }

  private List<Integer> neighbours(int x, int y) {
    int at = y * side + x;
    List<Integer> neighbours = new ArrayList<>(4);
    if (x > 0) {
      neighbours.add(at - 1);
    }
    if (x < side - 1) {
      neighbours.add(at + 1);
    }
    if (y > 0) {
      neighbours.add(at - side);
    }
    if (y < side - 1) {
      neighbours.add(at + side);
    }
    return neighbours;
  }

  private static void take(boolean[] open, int at, Deque<Integer> next) {
    if (open[at]) {
      open[at] = false;
      next.push(at);
    }
  }
}
