package io.radstream.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.radstream.evaluation.Auc;
import io.radstream.evaluation.Scored;
import io.radstream.experiments.report.RankedScores.Ranked;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the area of the studies themselves, drawn as often. */
class RankedScoresTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void shouldGiveTheAreaOfWhatIsDrawn(int seed) {
    Random random = new Random(seed);
    int[] counts = random.ints(20, 0, 4).toArray();
    List<Ranked> studies = new ArrayList<>();
    List<Scored> drawn = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      // Few scores, so that many are tied; some are no numbers.
      int tenths = random.nextInt(7);
      double score = tenths == 0 ? Double.NaN : tenths / 10.0;
      Ranked study = new Ranked(random.nextInt(20), score, random.nextBoolean());
      studies.add(study);
      for (int copy = 0; copy < counts[study.patient()]; copy++) {
        drawn.add(new Scored(score, study.present()));
      }
    }

    assertThat(new RankedScores(studies).auc(counts))
        .isCloseTo(Auc.of(drawn).orElseThrow(), within(1e-12));
  }

  @Test
  void shouldGiveNoAreaWhereOneKindIsMissing() {
    RankedScores scores =
        new RankedScores(List.of(new Ranked(0, 0.5, true), new Ranked(1, 0.4, false)));

    assertThat(scores.auc(new int[] {2, 0})).isNaN();
    assertThat(scores.auc(new int[] {1, 1})).isOne();
  }
}
