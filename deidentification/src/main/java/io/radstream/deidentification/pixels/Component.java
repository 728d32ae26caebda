package io.radstream.deidentification.pixels;

/**
 * Pixels that hang together and are brighter than those around them.
 *
 * @param box around them
 * @param area how many they are
 * @param runs how often, in the mean of its rows, one meets them from the left
 * @param falls how often, in the mean of its columns, one meets them from above
 */
record Component(Region box, int area, double runs, double falls) {

  private static final double THINNEST_LETTER = 0.3;
  private static final double WIDEST_LETTER = 1.7;
  private static final double SOLID = 0.85;
  private static final double EMPTY = 0.12;
  private static final double WIDEST_WORD = 30;
  private static final double FULLEST_WORD = 0.75;
  private static final double STROKES_A_SQUARE = 0.9;

  /** With rows and columns exchanged. */
  Component transposed() {
    return new Component(box.transposed(), area, falls, runs);
  }

  double fill() {
    return area / ((double) box.width() * box.height());
  }

  private double elongation() {
    return box.width() / (double) box.height();
  }

  /** Whether it may be one letter or digit. */
  boolean maybeLetter() {
    return elongation() <= WIDEST_LETTER && fill() >= EMPTY;
  }

  /** Whether it says more than a stroke or a block: a ruler's marks do not. */
  boolean isShaped() {
    return elongation() >= THINNEST_LETTER && fill() <= SOLID;
  }

  /** How many letters that touch it may be; zero where it is none. */
  int letters() {
    boolean word =
        elongation() > WIDEST_LETTER
            && elongation() <= WIDEST_WORD
            && fill() <= FULLEST_WORD
            && fill() >= EMPTY
            && runs >= STROKES_A_SQUARE * elongation()
            && runs > 2;
    return word ? (int) Math.round(elongation()) : 0;
  }
}
