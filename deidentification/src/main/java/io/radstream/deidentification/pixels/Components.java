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

  /** Of a pixel that is not looked at: darker than black. */
  private static final short OUTSIDE = -1;

  /** Shades with a frame of pixels that are not looked at, so that each has eight around it. */
  private final short[] shades;

  private final int stride;
  private final int[] around;
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
    this.stride = image.width() + 2;
    this.shades = shades(image, band, stride);
    this.around =
        new int[] {-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1};
    this.smallest = smallest;
    this.tallest = tallest;
    this.seen = new boolean[shades.length];
    this.queue = new int[shades.length];
  }

  private static short[] shades(GrayImage image, Band band, int stride) {
    short[] shades = new short[stride * (image.height() + 2)];
    Arrays.fill(shades, OUTSIDE);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        if (band.has(x, y)) {
          shades[(y + 1) * stride + x + 1] = (short) image.at(x, y);
        }
      }
    }
    return shades;
  }

  List<Component> above(int level) {
    threshold = level;
    Arrays.fill(seen, false);
    List<Component> found = new ArrayList<>();
    for (int place = 0; place < shades.length; place++) {
      if (shades[place] >= threshold && !seen[place]) {
        Component component = fill(place);
        if (component != null) {
          found.add(component);
        }
      }
    }
    return found;
  }

  /** Null where what hangs together is nothing of interest. */
  private Component fill(int start) {
    Tally tally = new Tally(start);
    int next = 0;
    int end = 0;
    queue[end++] = start;
    seen[start] = true;
    while (next < end) {
      int place = queue[next++];
      tally.add(place);
      for (int step : around) {
        int neighbour = place + step;
        int shade = shades[neighbour];
        if (shade < threshold) {
          tally.addEdge(shade);
        } else if (!seen[neighbour]) {
          seen[neighbour] = true;
          queue[end++] = neighbour;
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

    Tally(int place) {
      left = place % stride - 1;
      right = left;
      top = place / stride - 1;
      bottom = top;
    }

    void add(int place) {
      area++;
      bright += shades[place] >= threshold + MARGIN ? 1 : 0;
      runs += shades[place - 1] >= threshold ? 0 : 1;
      falls += shades[place - stride] >= threshold ? 0 : 1;
      int x = place % stride - 1;
      int y = place / stride - 1;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }

    void addEdge(int shade) {
      if (shade != OUTSIDE) {
        edge++;
        dark += shade <= threshold - MARGIN ? 1 : 0;
      }
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
