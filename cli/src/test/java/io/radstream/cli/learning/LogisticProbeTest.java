package io.radstream.cli.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogisticProbeTest {

  @Test
  void shouldTellHowFrequentAFindingIsWhereVectorsSayNothing() {
    LogisticProbe probe =
        LogisticProbe.fit(
            List.of(new double[1], new double[1], new double[1], new double[1]),
            List.of(true, false, false, false));

    double probability = probe.probability(new double[1]);

    assertThat(probability).isCloseTo(0.25, within(1e-3));
  }

  @Test
  void shouldBeWhereTheSlopeIsNought() {
    List<double[]> vectors =
        List.of(new double[] {1}, new double[] {-1}, new double[] {2}, new double[] {-2});

    LogisticProbe probe = LogisticProbe.fit(vectors, List.of(true, false, true, false));

    // By hand: the root of w = 2(1 - p(w)) + 4(1 - p(2w)) with p the logistic function.
    double weight =
        Math.log(probe.probability(new double[] {1}) / probe.probability(new double[] {-1}));
    double slope = 2 / (1 + Math.exp(weight)) + 4 / (1 + Math.exp(2 * weight)) - weight;
    assertThat(slope).isCloseTo(0, within(1e-4));
  }
}
