package io.radstream.deidentification.pixels;

import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.GrayImage;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Writes letters of 5 by 7 points on pictures, each point a square. */
final class Lettering {

  private static final int ROWS = 7;
  private static final int COLUMNS = 5;

  /** Rows from the top, five bits each. */
  private static final Map<Character, int[]> LETTERS =
      Map.ofEntries(
          Map.entry('D', new int[] {30, 17, 17, 17, 17, 17, 30}),
          Map.entry('O', new int[] {14, 17, 17, 17, 17, 17, 14}),
          Map.entry('E', new int[] {31, 16, 16, 30, 16, 16, 31}),
          Map.entry('J', new int[] {7, 2, 2, 2, 2, 18, 12}),
          Map.entry('A', new int[] {14, 17, 17, 31, 17, 17, 17}),
          Map.entry('N', new int[] {17, 25, 21, 19, 17, 17, 17}),
          Map.entry('L', new int[] {16, 16, 16, 16, 16, 16, 31}),
          Map.entry('P', new int[] {30, 17, 17, 30, 16, 16, 16}),
          Map.entry('1', new int[] {4, 12, 4, 4, 4, 4, 14}),
          Map.entry('9', new int[] {14, 17, 17, 15, 1, 2, 12}),
          Map.entry('6', new int[] {6, 8, 16, 30, 17, 17, 14}),
          Map.entry(' ', new int[ROWS]));

  private Lettering() {}

  /** A ground of soft shades with noise, as a radiograph's. */
  static GrayImage ground(int width, int height) {
    CounterRandom random = CounterRandom.of(3, "ground");
    byte[] pixels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double shade = 70 + 40 * Math.sin(x / 61.0) * Math.cos(y / 47.0);
        pixels[y * width + x] = (byte) (shade + random.nextInt(9));
      }
    }
    return new GrayImage(width, height, pixels);
  }

  /** A ground with noise, dark at the left and nearly white at the right. */
  static GrayImage brightening(int width, int height) {
    CounterRandom random = CounterRandom.of(4, "ground");
    byte[] pixels = new byte[width * height];
    for (int i = 0; i < pixels.length; i++) {
      int shade = 100 + 135 * Math.min(i % width, width / 3) / (width / 3);
      pixels[i] = (byte) (shade + random.nextInt(5));
    }
    return new GrayImage(width, height, pixels);
  }

  /**
   * @param point side of a point, in pixels
   * @param brightness of the letters, 0 to 255
   */
  static GrayImage write(
      GrayImage image, String text, int left, int top, int point, int brightness) {
    return write(image, text, left, top, point, ground -> brightness);
  }

  /**
   * @param ink shade of a letter by the shade that it is written on
   */
  static GrayImage write(
      GrayImage image, String text, int left, int top, int point, IntUnaryOperator ink) {
    byte[] pixels = image.pixels().clone();
    for (int i = 0; i < text.length(); i++) {
      int[] rows = LETTERS.get(text.charAt(i));
      for (int y = 0; y < ROWS * point; y++) {
        for (int x = 0; x < COLUMNS * point; x++) {
          if ((rows[y / point] >> (COLUMNS - 1 - x / point) & 1) == 1) {
            int column = left + i * (COLUMNS + 1) * point + x;
            int place = (top + y) * image.width() + column;
            pixels[place] = (byte) ink.applyAsInt(pixels[place] & 0xFF);
          }
        }
      }
    }
    return new GrayImage(image.width(), image.height(), pixels);
  }

  static GrayImage turned(GrayImage image) {
    byte[] pixels = new byte[image.pixels().length];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        pixels[x * image.height() + image.height() - 1 - y] = image.pixels()[y * image.width() + x];
      }
    }
    return new GrayImage(image.height(), image.width(), pixels);
  }
}
