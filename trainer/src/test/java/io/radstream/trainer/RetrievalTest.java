package io.radstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RetrievalTest {

  @Test
  void shouldScoreOneWhereEveryReportIsNearestToItsStudy() {
    float[][] axes = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

    assertThat(Retrieval.of(axes, axes)).isEqualTo(new Retrieval(1, 1, 1, 1.0 / 3));
  }

  @Test
  void shouldCountThePlaceOfTheOwnReport() {
    float[][] studies = {{1, 0}, {0, 1}};
    float[][] swapped = {{0, 1}, {1, 0}};

    Retrieval retrieval = Retrieval.of(studies, swapped);

    assertThat(retrieval.top1()).isZero();
    assertThat(retrieval.top5()).isEqualTo(1);
  }

  @Test
  void shouldScoreChanceForACollapsedNetwork() {
    float[][] same = new float[20][];
    Arrays.fill(same, new float[] {1, 0});

    Retrieval retrieval = Retrieval.of(same, same);

    assertThat(retrieval.top1()).isEqualTo(retrieval.chance(), within(1e-12));
    assertThat(retrieval.top5()).isEqualTo(5.0 / 20, within(1e-12));
    assertThat(retrieval.top10()).isEqualTo(10.0 / 20, within(1e-12));
  }

  /** Both studies are nearest to the first report, but each report has its own study nearest. */
  @Test
  void shouldTellTheWaysApart() {
    float[][] studies = {{1, 0}, {0.8f, 0.6f}};
    float[][] reports = {{1, 0}, {0, 1}};

    assertThat(Retrieval.of(studies, reports).top1()).isEqualTo(0.5);
    assertThat(Retrieval.of(reports, studies).top1()).isEqualTo(1);
  }
}
