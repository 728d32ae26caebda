package io.radstream.evaluation;

import java.util.Arrays;

/**
 * How well the vectors of one kind are found from those of the other: reports from their studies,
 * or studies from their reports. Answers are ordered by their inner product with the question. Of
 * answers that are equally near, each is as likely to come first: a network that has collapsed
 * scores chance.
 *
 * <p>An inner product that is not a number is farther than every number, and a question whose own
 * answer is so far is never found. It is not an error, as validation should tell of a network that
 * has broken down and not end with it.
 */
public final class Retrieval {

  private final int[] nearer;
  private final int[] equal;

  private Retrieval(int count) {
    this.nearer = new int[count];
    this.equal = new int[count];
  }

  /**
   * @param questions unit vectors
   * @param answers unit vectors, in the order of their questions
   * @throws IllegalArgumentException where there are none, not as many of each, or of other lengths
   */
  public static Retrieval of(float[][] questions, float[][] answers) {
    check(questions, answers);
    Retrieval retrieval = new Retrieval(questions.length);
    for (int i = 0; i < questions.length; i++) {
      retrieval.place(i, questions[i], answers);
    }
    return retrieval;
  }

  private static void check(float[][] questions, float[][] answers) {
    if (questions.length == 0) {
      throw new IllegalArgumentException("retrieval needs at least one question");
    }
    if (questions.length != answers.length) {
      throw new IllegalArgumentException(
          "every question has one answer, but there are %d and %d"
              .formatted(questions.length, answers.length));
    }
    int width = questions[0].length;
    for (int i = 0; i < questions.length; i++) {
      if (questions[i].length != width || answers[i].length != width) {
        throw new IllegalArgumentException("the vectors are not all of %d values".formatted(width));
      }
    }
  }

  private void place(int question, float[] vector, float[][] answers) {
    double own = dot(vector, answers[question]);
    if (Double.isNaN(own)) {
      nearer[question] = answers.length;
      equal[question] = 1;
      return;
    }
    for (float[] answer : answers) {
      double other = dot(vector, answer);
      nearer[question] += other > own ? 1 : 0;
      equal[question] += other == own ? 1 : 0;
    }
  }

  /** How many questions were asked. */
  public int count() {
    return nearer.length;
  }

  /**
   * Recall at k: the part of the questions whose own answer is among the k nearest (Zhang et al.,
   * ConVIRT, 2022, call it precision at k with one relevant answer).
   *
   * @throws IllegalArgumentException for k below 1
   */
  public double recall(int k) {
    double sum = 0;
    for (double share : found(k)) {
      sum += share;
    }
    return sum / count();
  }

  /**
   * For each question the probability that its own answer is among the k nearest: 0 or 1, or
   * between where others are as near. Their mean is the recall; they can be drawn again for an
   * interval.
   *
   * @throws IllegalArgumentException for k below 1
   */
  public double[] found(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("the nearest " + k + " answers are none");
    }
    int places = Math.min(k, count());
    double[] shares = new double[count()];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.min(1, Math.max(0, (double) (places - nearer[i]) / equal[i]));
    }
    return shares;
  }

  /**
   * For each question the place of its own answer, 1 for the nearest; the mean of its places where
   * others are as near, and one behind the last where it is never found.
   */
  public double[] places() {
    double[] places = new double[count()];
    for (int i = 0; i < places.length; i++) {
      places[i] = nearer[i] + (equal[i] + 1) / 2.0;
    }
    return places;
  }

  /** The place that half of the questions do no worse than; 1 is the best. */
  public double medianPlace() {
    double[] sorted = places();
    Arrays.sort(sorted);
    return Quantile.of(sorted, 0.5);
  }

  /** The recall at k of a network that knows nothing. */
  public double chance(int k) {
    return Math.min(1, (double) k / count());
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
