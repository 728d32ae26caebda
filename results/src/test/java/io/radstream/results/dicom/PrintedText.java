package io.radstream.results.dicom;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads white letters on black off a picture, line by line, wherever they stand.
 *
 * @param dot pixels of a side of a dot
 */
record PrintedText(BufferedImage picture, int dot) {

  private static final char[] LETTERS =
      " ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;-_+=/()%?".toCharArray();

  private static final int LEFT = 3;
  private static final int ADVANCE = 6;

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    int y = 0;
    while (y + Lettering.ROWS * dot <= picture.getHeight()) {
      String line = line(y);
      if (line.isBlank()) {
        y += dot;
      } else {
        lines.add(line);
        y += (Lettering.ROWS + 1) * dot;
      }
    }
    return lines;
  }

  /** Height of the strip under the picture: how far up all of the left edge is black. */
  int below() {
    int height = 0;
    while ((picture.getRGB(0, picture.getHeight() - 1 - height) & 0xFFFFFF) == 0) {
      height++;
    }
    return height;
  }

  /** Blank where not all that is white makes letters. */
  private String line(int top) {
    StringBuilder line = new StringBuilder();
    for (int x = LEFT * dot;
        x + Lettering.COLUMNS * dot <= picture.getWidth();
        x += ADVANCE * dot) {
      char letter = letter(x, top);
      if (letter == 0) {
        return "";
      }
      line.append(letter);
    }
    return line.toString().stripTrailing();
  }

  private char letter(int left, int top) {
    for (char letter : LETTERS) {
      if (is(letter, left, top)) {
        return letter;
      }
    }
    return 0;
  }

  private boolean is(char letter, int left, int top) {
    for (int row = 0; row < Lettering.ROWS; row++) {
      for (int column = 0; column < Lettering.COLUMNS; column++) {
        int colour = picture.getRGB(left + column * dot, top + row * dot) & 0xFFFFFF;
        boolean white = colour == 0xFFFFFF;
        if (white != Lettering.isDot(letter, column, row) || (!white && colour != 0)) {
          return false;
        }
      }
    }
    return true;
  }
}
