package io.radstream.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * A logistic function of the log-odds (Platt, 1999).
 *
 * @param slope above 0; 1 leaves the confidence as it is, less takes some of it away
 * @param intercept added to the log-odds
 */
public record Platt(double slope, double intercept) implements Calibration {

  /** What a float32 can tell from 0 and 1, nearly: beyond, log-odds are the rounding's. */
  private static final double LEAST = 1e-7;

  private static final int MOST_STEPS = 100;
  private static final double FLAT = 1e-10;
  private static final double SMALLEST_STEP = 1e-10;

  /** Keeps the two equations apart where all scores are alike. */
  private static final double RIDGE = 1e-12;

  public Platt {
    if (!(slope > 0) || !Double.isFinite(slope) || !Double.isFinite(intercept)) {
      throw new IllegalArgumentException(
          "a slope is above 0 and an intercept a number, not %s and %s"
              .formatted(slope, intercept));
    }
  }

  @Override
  public double of(double probability) {
    return logistic(slope * logOdds(probability) + intercept);
  }

  /**
   * The likeliest function, by Newton's method with the safeguards of Lin, Lin and Weng (2007). The
   * targets are Platt's, a little off 0 and 1, so that scores that separate the studies wholly have
   * one too.
   *
   * @return empty where the scores do not rise with the finding
   * @throws IllegalArgumentException where a score is not a probability
   */
  public static Optional<Platt> fit(List<Scored> scores) {
    Fit fit = new Fit(scores);
    double[] at = fit.likeliest();
    return at[0] > 0 ? Optional.of(new Platt(at[0], at[1])) : Optional.empty();
  }

  static double logOdds(double probability) {
    double within = Math.min(Math.max(probability, LEAST), 1 - LEAST);
    return Math.log(within / (1 - within));
  }

  private static double logistic(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }

  /** The scores, and the targets that they are fitted to. */
  private static final class Fit {

    private final double[] logOdds;
    private final double[] targets;
    private final double prior;

    private Fit(List<Scored> scores) {
      double present = scores.stream().filter(Scored::present).count();
      double absent = scores.size() - present;
      this.logOdds = scores.stream().mapToDouble(s -> Platt.logOdds(Probability.of(s))).toArray();
      this.targets =
          scores.stream()
              .mapToDouble(s -> s.present() ? (present + 1) / (present + 2) : 1 / (absent + 2))
              .toArray();
      this.prior = Math.log((present + 1) / (absent + 1));
    }

    private double[] likeliest() {
      double[] at = {0, prior};
      double cost = cost(at);
      for (int step = 0; step < MOST_STEPS; step++) {
        double[] direction = direction(at);
        if (direction == null) {
          return at;
        }
        double length = 1;
        double[] next = moved(at, direction, length);
        while (cost(next) > cost && length > SMALLEST_STEP) {
          length /= 2;
          next = moved(at, direction, length);
        }
        if (length <= SMALLEST_STEP) {
          return at;
        }
        at = next;
        cost = cost(at);
      }
      return at;
    }

    private static double[] moved(double[] at, double[] direction, double length) {
      return new double[] {at[0] + length * direction[0], at[1] + length * direction[1]};
    }

    /** Newton's; null where the ground is flat. */
    private double[] direction(double[] at) {
      double bySlope = 0;
      double byIntercept = 0;
      double h11 = RIDGE;
      double h12 = 0;
      double h22 = RIDGE;
      for (int i = 0; i < logOdds.length; i++) {
        double x = logOdds[i];
        double p = logistic(at[0] * x + at[1]);
        double weight = p * (1 - p);
        bySlope += (p - targets[i]) * x;
        byIntercept += p - targets[i];
        h11 += weight * x * x;
        h12 += weight * x;
        h22 += weight;
      }
      if (Math.abs(bySlope) < FLAT && Math.abs(byIntercept) < FLAT) {
        return null;
      }
      double determinant = h11 * h22 - h12 * h12;
      return new double[] {
        -(h22 * bySlope - h12 * byIntercept) / determinant,
        -(h11 * byIntercept - h12 * bySlope) / determinant
      };
    }

    /** Cross-entropy, written so that neither end overflows. */
    private double cost(double[] at) {
      double sum = 0;
      for (int i = 0; i < logOdds.length; i++) {
        double z = at[0] * logOdds[i] + at[1];
        sum += Math.max(z, 0) - targets[i] * z + Math.log1p(Math.exp(-Math.abs(z)));
      }
      return sum;
    }
  }
}
