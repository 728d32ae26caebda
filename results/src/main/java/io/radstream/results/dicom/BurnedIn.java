package io.radstream.results.dicom;

import io.radstream.results.maps.RgbPicture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Text that becomes a part of a picture, white on black, above and below it: nothing of the picture
 * is covered. What is too long for a line goes on in the next one.
 */
record BurnedIn(List<String> above, List<String> below) {

  /** Narrower pictures get black margins. */
  private static final int LEAST_WIDTH = 256;

  private static final int ADVANCE = Lettering.COLUMNS + 1;
  private static final int LINE = Lettering.ROWS + 3;

  /** Of a strip, on each side, in dots. */
  private static final int MARGIN = 3;

  /** A picture while it is made. */
  private record Canvas(int width, int dot, byte[] pixels) {

    void line(String text, int top) {
      for (int i = 0; i < text.length(); i++) {
        letter(text.charAt(i), (MARGIN + i * ADVANCE) * dot, top);
      }
    }

    private void letter(char letter, int left, int top) {
      for (int y = 0; y < Lettering.ROWS * dot; y++) {
        for (int x = 0; x < Lettering.COLUMNS * dot; x++) {
          if (Lettering.isDot(letter, x / dot, y / dot)) {
            int at = RgbPicture.CHANNELS * ((top + y) * width + left + x);
            Arrays.fill(pixels, at, at + RgbPicture.CHANNELS, (byte) 0xFF);
          }
        }
      }
    }
  }

  RgbPicture on(RgbPicture picture) {
    int width = Math.max(LEAST_WIDTH, picture.width());
    int dot = width / LEAST_WIDTH;
    List<String> upper = lines(above, width / dot);
    List<String> lower = lines(below, width / dot);
    int top = height(upper) * dot;
    int height = top + picture.height() + height(lower) * dot;
    Canvas canvas = new Canvas(width, dot, new byte[RgbPicture.CHANNELS * width * height]);
    write(canvas, upper, 0);
    put(canvas, picture, top);
    write(canvas, lower, top + picture.height());
    return new RgbPicture(width, height, canvas.pixels);
  }

  private static List<String> lines(List<String> texts, int dots) {
    int letters = (dots - 2 * MARGIN) / ADVANCE;
    List<String> lines = new ArrayList<>();
    for (String text : texts) {
      for (int at = 0; at < text.length(); at += letters) {
        lines.add(text.substring(at, Math.min(text.length(), at + letters)));
      }
    }
    return lines;
  }

  /** Of a strip, in dots. */
  private static int height(List<String> lines) {
    return lines.size() * LINE + 2 * MARGIN;
  }

  private static void write(Canvas canvas, List<String> lines, int top) {
    for (int i = 0; i < lines.size(); i++) {
      canvas.line(lines.get(i), top + (MARGIN + i * LINE) * canvas.dot);
    }
  }

  private static void put(Canvas canvas, RgbPicture picture, int top) {
    int margin = (canvas.width - picture.width()) / 2;
    int row = RgbPicture.CHANNELS * picture.width();
    for (int y = 0; y < picture.height(); y++) {
      System.arraycopy(
          picture.pixels(),
          y * row,
          canvas.pixels,
          RgbPicture.CHANNELS * ((top + y) * canvas.width + margin),
          row);
    }
  }
}
