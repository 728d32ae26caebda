package io.radstream.radiology.image;

/**
 * The source area of each target pixel, along one axis.
 *
 * @param step source pixels for one target pixel
 * @param first source pixel of each
 * @param weights of that one and of each behind it, as many for all target pixels: how much of it
 *     is covered, from 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record Areas(double step, int[] first, double[][] weights) {

  static Areas of(int from, int to) {
    double step = (double) from / to;
    int covered = covered(from, to, step);
    int[] first = new int[to];
    double[][] weights = new double[covered][to];
    for (int target = 0; target < to; target++) {
      double start = target * step;
      double end = Math.min(from, start + step);
      // At the border those in front of the area fill up; they are not covered.
      first[target] = Math.min((int) start, from - covered);
      for (int i = 0; i < covered; i++) {
        int pixel = first[target] + i;
        weights[i][target] = Math.max(0, Math.min(end, pixel + 1.0) - Math.max(start, pixel));
      }
    }
    return new Areas(step, first, weights);
  }

  /** Most source pixels that a target pixel covers a part of. */
  private static int covered(int from, int to, double step) {
    int most = 0;
    for (int target = 0; target < to; target++) {
      double start = target * step;
      double end = Math.min(from, start + step);
      int last = Math.min(from - 1, (int) Math.ceil(end) - 1);
      most = Math.max(most, last - (int) start + 1);
    }
    return most;
  }

  int size() {
    return first.length;
  }

  int covered() {
    return weights.length;
  }

  /**
   * Means of a row's areas, each rounded to a float. Few pixels, which is the rule, are summed up
   * in one expression: a loop for each mean takes twice the time. The sums are the same, in the
   * order of the pixels; what is not covered adds nothing.
   *
   * @param row index of its first pixel
   */
  void means(byte[] pixels, int row, double[] means) {
    switch (covered()) {
      case 2 -> meansOfTwo(pixels, row, means);
      case 3 -> meansOfThree(pixels, row, means);
      default -> meansOfMany(pixels, row, means);
    }
  }

  private void meansOfTwo(byte[] pixels, int row, double[] means) {
    double[] one = weights[0];
    double[] two = weights[1];
    for (int x = 0; x < means.length; x++) {
      int at = row + first[x];
      double sum = one[x] * (pixels[at] & 0xFF) + two[x] * (pixels[at + 1] & 0xFF);
      means[x] = (float) (sum / step);
    }
  }

  private void meansOfThree(byte[] pixels, int row, double[] means) {
    double[] one = weights[0];
    double[] two = weights[1];
    double[] three = weights[2];
    for (int x = 0; x < means.length; x++) {
      int at = row + first[x];
      double sum =
          one[x] * (pixels[at] & 0xFF)
              + two[x] * (pixels[at + 1] & 0xFF)
              + three[x] * (pixels[at + 2] & 0xFF);
      means[x] = (float) (sum / step);
    }
  }

  private void meansOfMany(byte[] pixels, int row, double[] means) {
    for (int x = 0; x < means.length; x++) {
      int at = row + first[x];
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i][x] * (pixels[at + i] & 0xFF);
      }
      means[x] = (float) (sum / step);
    }
  }
}
