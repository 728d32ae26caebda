package io.radstream.cli.topics;

import io.radstream.radiology.image.AreaResize;
import io.radstream.radiology.image.GrayImage;

/** A picture in a terminal: two pixels in a character, in 24-bit gray. */
public final class Thumbnail {

  private static final char UPPER_HALF = '\u2580';
  private static final String RESET = "\u001b[0m";

  private Thumbnail() {}

  /**
   * @param columns width in characters
   */
  public static String of(GrayImage image, int columns) {
    int height = Math.max(2, Math.round((float) image.height() * columns / image.width()) & ~1);
    GrayImage small = AreaResize.to(image, columns, height);
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < height; y += 2) {
      for (int x = 0; x < columns; x++) {
        text.append(colour(38, small.at(x, y))).append(colour(48, small.at(x, y + 1)));
        text.append(UPPER_HALF);
      }
      text.append(RESET).append('\n');
    }
    return text.toString();
  }

  private static String colour(int ground, int gray) {
    return "\u001b[%d;2;%d;%d;%dm".formatted(ground, gray, gray, gray);
  }
}
