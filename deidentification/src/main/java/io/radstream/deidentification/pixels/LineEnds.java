package io.radstream.deidentification.pixels;

import io.radstream.radiology.image.GrayImage;
import java.util.Arrays;

/**
 * Follows a row of text to both sides as far as it goes on, also where its letters cannot be told
 * one by one, since the ground grows as bright as they are: strokes make the shade change from
 * pixel to pixel more than it does on most of the picture.
 */
final class LineEnds {

  /** Widest gap between two words, in heights of the row. */
  private static final double GAP = 1.6;

  /** Mean change of shade from pixel to pixel, in gray levels, below which nobody reads. */
  private static final double FAINTEST = 3;

  /** So many times what it is on most of the picture. */
  private static final double LOUDER = 1.8;

  private static final int TILE = 16;

  private final GrayImage image;
  private final double threshold;

  LineEnds(GrayImage image) {
    this.image = image;
    this.threshold = Math.max(FAINTEST, LOUDER * usual());
  }

  /**
   * @param row of letters side by side
   * @return the row with what goes on beside it
   */
  Region of(Region row) {
    int left = end(row, row.x(), -1);
    int right = end(row, row.right(), 1);
    return new Region(left, row.y(), right - left, row.height());
  }

  private int end(Region row, int from, int step) {
    int window = Math.max(2, row.height());
    double gap = GAP * row.height();
    int end = from;
    for (int at = from; Math.abs(at - end) <= gap; at += step * Math.max(1, window / 2)) {
      int begin = step > 0 ? at : at - window;
      if (change(begin, begin + window, row.y(), row.bottom()) >= threshold) {
        end = at + step * window;
      }
    }
    return Math.max(0, Math.min(image.width(), end));
  }

  /** The median over the picture. */
  private double usual() {
    int columns = Math.max(1, image.width() / TILE);
    int rows = Math.max(1, image.height() / TILE);
    double[] changes = new double[columns * rows];
    for (int i = 0; i < changes.length; i++) {
      int left = i % columns * TILE;
      int top = i / columns * TILE;
      changes[i] = change(left, left + TILE, top, top + TILE);
    }
    Arrays.sort(changes);
    return changes[changes.length / 2];
  }

  /** Of shade from pixel to pixel along the row; none outside the picture. */
  private double change(int left, int right, int top, int bottom) {
    int from = Math.max(0, left);
    int to = Math.min(image.width() - 1, right);
    int first = Math.max(0, top);
    int last = Math.min(image.height(), bottom);
    if (from >= to || first >= last) {
      return 0;
    }
    long sum = 0;
    for (int y = first; y < last; y++) {
      for (int x = from; x < to; x++) {
        sum += Math.abs(image.at(x + 1, y) - image.at(x, y));
      }
    }
    return sum / ((double) (to - from) * (last - first));
  }
}
