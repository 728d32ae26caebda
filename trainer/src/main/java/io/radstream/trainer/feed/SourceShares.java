package io.radstream.trainer.feed;

import io.radstream.radiology.CounterRandom;
import java.util.List;

/**
 * How many studies of a batch come from each source: each place of it is drawn by the sources'
 * weights, a pure function of seed and step.
 */
record SourceShares(long seed, List<Double> weights) {

  int[] of(long step, int batch) {
    int[] counts = new int[weights.size()];
    double total = weights.stream().mapToDouble(Double::doubleValue).sum();
    CounterRandom random = CounterRandom.of(seed, "sources", step);
    for (int i = 0; i < batch; i++) {
      counts[draw(random.nextDouble() * total)]++;
    }
    return counts;
  }

  private int draw(double at) {
    double end = 0;
    for (int source = 0; source < weights.size() - 1; source++) {
      end += weights.get(source);
      if (at < end) {
        return source;
      }
    }
    return weights.size() - 1;
  }
}
