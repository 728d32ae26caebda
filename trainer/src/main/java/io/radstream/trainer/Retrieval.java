package io.radstream.trainer;

/**
 * How well the vectors of one kind are found from those of the other: reports from their studies,
 * or studies from their reports. Of answers that are equally near, each is as likely to come first:
 * a network that has collapsed scores chance.
 *
 * @param top1 part of the questions whose own answer is the nearest (recall at 1)
 * @param top5 part of those whose own answer is among the five nearest
 * @param top10 the same for ten
 * @param chance of top1 for a network that knows nothing
 */
record Retrieval(double top1, double top5, double top10, double chance) {

  /**
   * @param questions unit vectors
   * @param answers unit vectors, in the order of their questions
   */
  static Retrieval of(float[][] questions, float[][] answers) {
    double first = 0;
    double five = 0;
    double ten = 0;
    for (int i = 0; i < questions.length; i++) {
      int nearer = 0;
      int equal = 0;
      double own = dot(questions[i], answers[i]);
      for (float[] answer : answers) {
        double other = dot(questions[i], answer);
        nearer += other > own ? 1 : 0;
        equal += other == own ? 1 : 0;
      }
      first += share(1, nearer, equal);
      five += share(5, nearer, equal);
      ten += share(10, nearer, equal);
    }
    int count = questions.length;
    return new Retrieval(first / count, five / count, ten / count, 1.0 / count);
  }

  /** Probability that one of {@code equal} answers in random order is within the first places. */
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
