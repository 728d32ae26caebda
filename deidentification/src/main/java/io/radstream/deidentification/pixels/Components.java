package io.radstream.deidentification.pixels;

import io.radstream.radiology.image.GrayImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds what is evenly brighter than its surroundings, with a sharp edge, as ink is and anatomy is
 * not: most of its pixels are well above a threshold, most that touch it well below. One instance
 * serves one picture and one thread.
 */
final class Components {

  /** Gray levels to both sides of the threshold. */
  private static final int MARGIN = 16;

  private static final double MOSTLY_BRIGHT = 0.5;
  private static final double MOSTLY_DARK = 0.55;

  private final GrayImage image;
  private final Band band;
  private final int smallest;
  private final int tallest;
  private final boolean[] seen;
  private final int[] queue;
  private int threshold;

  /**
   * @param band where it is looked
   * @param smallest longer side of what is looked for, in pixels
   * @param tallest shorter side of what is looked for, in pixels
   */
  Components(GrayImage image, Band band, int smallest, int tallest) {
    this.image = image;
    this.band = band;
    this.smallest = smallest;
    this.tallest = tallest;
    this.seen = new boolean[image.pixels().length];
    this.queue = new int[image.pixels().length];
  }

  List<Component> above(int level) {
    threshold = level;
    Arrays.fill(seen, false);
    List<Component> found = new ArrayList<>();
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        if (!seen[y * image.width() + x] && isBright(x, y)) {
          Component component = fill(x, y);
          if (component != null) {
            found.add(component);
          }
        }
      }
    }
    return found;
  }

  private boolean isBright(int x, int y) {
    return band.has(x, y) && image.at(x, y) >= threshold;
  }

  /** Null where what hangs together is nothing of interest. */
  private Component fill(int startX, int startY) {
    Tally tally = new Tally(startX, startY);
    int width = image.width();
    int next = 0;
    int end = 0;
    queue[end++] = startY * width + startX;
    seen[startY * width + startX] = true;
    while (next < end) {
      int x = queue[next] % width;
      int y = queue[next++] / width;
      tally.add(x, y);
      for (int ny = y - 1; ny <= y + 1; ny++) {
        for (int nx = x - 1; nx <= x + 1; nx++) {
          if (isBright(nx, ny)) {
            int place = ny * width + nx;
            if (!seen[place]) {
              seen[place] = true;
              queue[end++] = place;
            }
          } else if (band.has(nx, ny)) {
            tally.addEdge(image.at(nx, ny));
          }
        }
      }
    }
    return tally.component();
  }

  /** What is known of a component while it is filled. */
  private final class Tally {

    private int left;
    private int right;
    private int top;
    private int bottom;
    private int area;
    private int bright;
    private int edge;
    private int dark;
    private int runs;
    private int falls;

    Tally(int x, int y) {
      left = x;
      right = x;
      top = y;
      bottom = y;
    }

    void add(int x, int y) {
      area++;
      bright += image.at(x, y) >= threshold + MARGIN ? 1 : 0;
      runs += isBright(x - 1, y) ? 0 : 1;
      falls += isBright(x, y - 1) ? 0 : 1;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }

    void addEdge(int value) {
      edge++;
      dark += value <= threshold - MARGIN ? 1 : 0;
    }

    Component component() {
      Region box = new Region(left, top, right - left + 1, bottom - top + 1);
      boolean sharp = bright >= MOSTLY_BRIGHT * area && edge > 0 && dark >= MOSTLY_DARK * edge;
      boolean fits =
          Math.max(box.width(), box.height()) >= smallest
              && Math.min(box.width(), box.height()) <= tallest;
      return sharp && fits
          ? new Component(box, area, runs / (double) box.height(), falls / (double) box.width())
          : null;
    }
  }
}
