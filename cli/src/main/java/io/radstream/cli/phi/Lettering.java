package io.radstream.cli.phi;

import io.radstream.radiology.image.GrayImage;
import java.util.List;

/** Burns a line of text into a picture, as some devices do. */
final class Lettering {

  /** Five columns and seven rows each, from the top; of what is written here. */
  private static final String LETTERS = "ADEJNO0124";

  private static final List<String> GLYPHS =
      List.of(
          ".###.#...##...#######...##...##...#",
          "####.#...##...##...##...##...#####.",
          "######....#....####.#....#....#####",
          "..###...#....#....#....#.#..#..##..",
          "#...###..##.#.##..###...##...##...#",
          ".###.#...##...##...##...##...#.###.",
          ".###.#...##..###.#.###..##...#.###.",
          "..#...##....#....#....#....#...###.",
          ".###.#...#....#...#...#...#...#####",
          "...#...##..#.#.#..#.#####...#....#.");

  private static final int COLUMNS = 5;
  private static final int ROWS = 7;
  private static final int ADVANCE = COLUMNS + 1;

  private Lettering() {}

  /** "DOE JANE 0412": what the pictures are given. */
  static final String NAME = "DOE JANE 0412";

  /**
   * @param scale pixels for each dot of a letter
   * @return the same picture with the name at {@code x}, {@code y}
   */
  static GrayImage burnedInto(GrayImage picture, int x, int y, int scale) {
    byte[] pixels = picture.pixels().clone();
    for (int i = 0; i < NAME.length(); i++) {
      int glyph = LETTERS.indexOf(NAME.charAt(i));
      if (glyph >= 0) {
        draw(GLYPHS.get(glyph), pixels, picture.width(), x + i * ADVANCE * scale, y, scale);
      }
    }
    return new GrayImage(picture.width(), picture.height(), pixels);
  }

  /** Width of the text in pixels. */
  static int width(int scale) {
    return NAME.length() * ADVANCE * scale;
  }

  /** Height of the text in pixels. */
  static int height(int scale) {
    return ROWS * scale;
  }

  private static void draw(String glyph, byte[] pixels, int width, int left, int top, int scale) {
    for (int dot = 0; dot < glyph.length(); dot++) {
      if (glyph.charAt(dot) == '#') {
        int x = left + dot % COLUMNS * scale;
        int y = top + dot / COLUMNS * scale;
        for (int row = 0; row < scale; row++) {
          for (int column = 0; column < scale; column++) {
            pixels[(y + row) * width + x + column] = (byte) 0xFF;
          }
        }
      }
    }
  }
}
