package io.radstream.serving.score;

import io.radstream.radiology.ViewSelection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a picture looks like from afar: the means of 16 × 16 cells, less their mean, as a unit
 * vector. The cosine of two is the correlation of the pictures. Two chests are alike in it, a hand
 * and a chest are not, whatever a network was taught to see.
 */
final class PictureSketch {

  private static final int CELLS = 16;

  /** Squares of what rounding leaves of a picture that is all one gray. */
  private static final double BLANK = 1e-9;

  private PictureSketch() {}

  /**
   * @param images the three views of a study as its network sees them, side × side each
   * @return of each different one; of a blank one, zeros
   */
  static List<float[]> of(float[] images) {
    int length = images.length / ViewSelection.VIEWS;
    int side = (int) Math.round(Math.sqrt(length));
    List<float[]> sketches = new ArrayList<>();
    for (int view = 0; view < ViewSelection.VIEWS; view++) {
      float[] sketch = sketch(images, view * length, side);
      if (sketches.stream().noneMatch(other -> Arrays.equals(other, sketch))) {
        sketches.add(sketch);
      }
    }
    return sketches;
  }

  private static float[] sketch(float[] images, int from, int side) {
    double[] cells = new double[CELLS * CELLS];
    double sum = 0;
    for (int cell = 0; cell < cells.length; cell++) {
      cells[cell] = mean(images, from, side, cell / CELLS, cell % CELLS);
      sum += cells[cell];
    }
    double squares = 0;
    for (int cell = 0; cell < cells.length; cell++) {
      cells[cell] -= sum / cells.length;
      squares += cells[cell] * cells[cell];
    }
    float[] sketch = new float[cells.length];
    if (squares > BLANK) {
      for (int cell = 0; cell < cells.length; cell++) {
        sketch[cell] = (float) (cells[cell] / Math.sqrt(squares));
      }
    }
    return sketch;
  }

  private static double mean(float[] images, int from, int side, int row, int column) {
    int bottom = end(row, side);
    int right = end(column, side);
    double sum = 0;
    for (int y = row * side / CELLS; y < bottom; y++) {
      for (int x = column * side / CELLS; x < right; x++) {
        sum += images[from + y * side + x];
      }
    }
    return sum / ((bottom - row * side / CELLS) * (double) (right - column * side / CELLS));
  }

  /** Exclusive; a cell of a picture with fewer pixels than cells has one. */
  private static int end(int cell, int side) {
    return Math.max((cell + 1) * side / CELLS, cell * side / CELLS + 1);
  }
}
