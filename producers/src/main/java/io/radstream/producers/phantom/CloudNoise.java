package io.radstream.producers.phantom;

import io.radstream.radiology.CounterRandom;

/** Smooth random texture over the unit square: two octaves of value noise, about −1 to 1. */
final class CloudNoise {

  private static final int COARSE = 12;
  private static final int FINE = 36;

  private final double[] coarse;
  private final double[] fine;

  CloudNoise(CounterRandom random) {
    this.coarse = lattice(random, COARSE);
    this.fine = lattice(random, FINE);
  }

  double at(double x, double y) {
    return 0.6 * sample(coarse, COARSE, x, y) + 0.4 * sample(fine, FINE, x, y);
  }

  private static double[] lattice(CounterRandom random, int cells) {
    double[] values = new double[(cells + 1) * (cells + 1)];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.nextDouble() - 1;
    }
    return values;
  }

  private static double sample(double[] lattice, int cells, double x, double y) {
    double u = Math.max(0, Math.min(cells - 1e-9, x * cells));
    double v = Math.max(0, Math.min(cells - 1e-9, y * cells));
    int column = (int) u;
    int row = (int) v;
    double fx = Softly.step(0, 1, u - column);
    double fy = Softly.step(0, 1, v - row);
    int corner = row * (cells + 1) + column;
    double above = Softly.mix(lattice[corner], lattice[corner + 1], fx);
    double below = Softly.mix(lattice[corner + cells + 1], lattice[corner + cells + 2], fx);
    return Softly.mix(above, below, fy);
  }
}
