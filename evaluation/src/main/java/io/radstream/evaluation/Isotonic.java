package io.radstream.evaluation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * A rising line through points (Zadrozny and Elkan, 2002): straight between them, level outside.
 *
 * @param points at least one, from low to high probabilities, none twice
 */
public record Isotonic(List<Point> points) implements Calibration {

  /**
   * A place on the line.
   *
   * @param at what the model says, from 0 to 1
   * @param frequency how often that was true; above 0 and below 1
   */
  public record Point(double at, double frequency) {

    public Point {
      if (!(at >= 0 && at <= 1 && frequency > 0 && frequency < 1)) {
        throw new IllegalArgumentException(
            "a point is of probabilities, and its frequency not 0 or 1: %s, %s"
                .formatted(at, frequency));
      }
    }
  }

  public Isotonic {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a line has at least one point");
    }
    for (int i = 1; i < points.size(); i++) {
      Point before = points.get(i - 1);
      Point point = points.get(i);
      if (point.at <= before.at || point.frequency < before.frequency) {
        throw new IllegalArgumentException("the points of a line do not rise");
      }
    }
  }

  @Override
  public double of(double probability) {
    int above = above(probability);
    if (above == 0) {
      return points.get(0).frequency;
    }
    Point low = points.get(above - 1);
    if (above == points.size()) {
      return low.frequency;
    }
    Point high = points.get(above);
    double share = (probability - low.at) / (high.at - low.at);
    return low.frequency + share * (high.frequency - low.frequency);
  }

  /** How many points are at most there. */
  private int above(double probability) {
    int low = 0;
    int high = points.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (points.get(middle).at <= probability) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Studies that are pooled, since those of higher probability have the finding no more often.
   *
   * @param sum of their probabilities
   */
  private record Block(int count, double sum, int present) {

    private Block and(Block other) {
      return new Block(count + other.count, sum + other.sum, present + other.present);
    }

    private boolean isAtLeast(Block other) {
      return (long) present * other.count >= (long) other.present * count;
    }
  }

  /**
   * The line of least squares, by pooling adjacent violators (Ayer et al., 1955). Each pool is a
   * point at the mean of its probabilities. A frequency of 0 or 1 of n studies is held one part in
   * n + 2 away from it: so few studies cannot say "never" or "always".
   *
   * @throws IllegalArgumentException where a score is not a probability, and without scores
   */
  public static Isotonic fit(List<Scored> scores) {
    double least = 1.0 / (scores.size() + 2);
    List<Point> points = new ArrayList<>();
    for (Iterator<Block> all = pooled(scores).descendingIterator(); all.hasNext(); ) {
      Block block = all.next();
      double frequency = (double) block.present / block.count;
      points.add(
          new Point(block.sum / block.count, Math.min(Math.max(frequency, least), 1 - least)));
    }
    return new Isotonic(points);
  }

  /** The highest first. */
  private static Deque<Block> pooled(List<Scored> scores) {
    Deque<Block> blocks = new ArrayDeque<>();
    for (Block next : tied(scores)) {
      Block block = next;
      while (!blocks.isEmpty() && blocks.peek().isAtLeast(block)) {
        block = blocks.pop().and(block);
      }
      blocks.push(block);
    }
    return blocks;
  }

  /** Equal probabilities are one from the start, so that the order of the studies is nothing. */
  private static List<Block> tied(List<Scored> scores) {
    List<Block> blocks = new ArrayList<>();
    double last = Double.NaN;
    for (Scored scored :
        scores.stream().sorted(Comparator.comparingDouble(Probability::of)).toList()) {
      Block one = new Block(1, scored.score(), scored.present() ? 1 : 0);
      if (scored.score() == last) {
        blocks.add(blocks.remove(blocks.size() - 1).and(one));
      } else {
        blocks.add(one);
      }
      last = scored.score();
    }
    return blocks;
  }
}
