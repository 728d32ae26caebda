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
  private static final int FAINTEST = 24;
  private static final int FEWEST_LETTERS = 3;

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

  /**
   * Whether enough of the name can be read there: what would be left of it tells nobody.
   *
   * @param scale that it was written in
   */
  static boolean isReadable(GrayImage picture, int x, int y, int scale) {
    int readable = 0;
    for (int i = 0; i < NAME.length(); i++) {
      int glyph = LETTERS.indexOf(NAME.charAt(i));
      int left = x + i * ADVANCE * scale;
      if (glyph >= 0 && contrast(GLYPHS.get(glyph), picture, left, y, scale) >= FAINTEST) {
        readable++;
      }
    }
    return readable >= FEWEST_LETTERS;
  }

  /** How much brighter a letter's dots are than what is between them, in gray levels. */
  private static double contrast(String glyph, GrayImage picture, int left, int top, int scale) {
    double bright = 0;
    double dark = 0;
    int dots = (int) glyph.chars().filter(dot -> dot == '#').count();
    for (int dot = 0; dot < glyph.length(); dot++) {
      int level = picture.at(left + dot % COLUMNS * scale, top + dot / COLUMNS * scale);
      if (glyph.charAt(dot) == '#') {
        bright += level;
      } else {
        dark += level;
      }
    }
    return bright / dots - dark / (glyph.length() - dots);
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
