package io.radstream.producers.datasets;

/** Numbers in cells. */
final class Numbers {

  private Numbers() {}

  /**
   * @throws DatasetException where the cell is no number from minus a million to a million, which
   *     no place in a picture is beyond
   */
  static double finite(String cell) throws DatasetException {
    try {
      double number = Double.parseDouble(cell);
      if (Math.abs(number) <= 1e6) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new DatasetException("a place in a picture is not a number of pixels");
  }

  /**
   * @throws DatasetException where the cell is no size of a picture
   */
  static int side(String cell) throws DatasetException {
    double number = finite(cell);
    if (number < 1) {
      throw new DatasetException("a side of a picture is not a number of pixels");
    }
    return (int) number;
  }
}
