package io.radstream.trainer;

/**
 * How well a report is found from its study among all the reports of a set. Of reports that are
 * equally near, each is as likely to come first: a network that has collapsed scores chance.
 *
 * @param top1 part of the studies whose own report is the nearest
 * @param top5 part of those whose own report is among the five nearest
 * @param chance of top1 for a network that knows nothing
 */
record Retrieval(double top1, double top5, double chance) {

  /**
   * @param studies unit vectors
   * @param reports unit vectors, in the order of their studies
   */
  static Retrieval of(float[][] studies, float[][] reports) {
    double first = 0;
    double five = 0;
    for (int study = 0; study < studies.length; study++) {
      int nearer = 0;
      int equal = 0;
      double own = dot(studies[study], reports[study]);
      for (float[] report : reports) {
        double other = dot(studies[study], report);
        nearer += other > own ? 1 : 0;
        equal += other == own ? 1 : 0;
      }
      first += share(1, nearer, equal);
      five += share(5, nearer, equal);
    }
    return new Retrieval(first / studies.length, five / studies.length, 1.0 / studies.length);
  }

  /** Probability that one of {@code equal} reports in random order is within the first places. */
  private static double share(int places, int nearer, int equal) {
    return Math.min(1, Math.max(0, (double) (places - nearer) / equal));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
