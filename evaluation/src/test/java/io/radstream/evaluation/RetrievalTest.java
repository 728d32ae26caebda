package io.radstream.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RetrievalTest {

  private static final float[] BROKEN = {Float.NaN, Float.NaN};

  @Test
  void shouldScoreOneWhereEveryReportIsNearestToItsStudy() {
    float[][] axes = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

    Retrieval retrieval = Retrieval.of(axes, axes);

    assertThat(retrieval.recall(1)).isEqualTo(1);
    assertThat(retrieval.recall(10)).isEqualTo(1);
    assertThat(retrieval.medianPlace()).isEqualTo(1);
    assertThat(retrieval.chance(1)).isEqualTo(1.0 / 3);
    assertThat(retrieval.chance(10)).isEqualTo(1);
  }

  @Test
  void shouldCountThePlaceOfTheOwnReport() {
    float[][] studies = {{1, 0}, {0, 1}};
    float[][] swapped = {{0, 1}, {1, 0}};

    Retrieval retrieval = Retrieval.of(studies, swapped);

    assertThat(retrieval.recall(1)).isZero();
    assertThat(retrieval.recall(5)).isEqualTo(1);
    assertThat(retrieval.places()).containsExactly(2, 2);
  }

  @Test
  void shouldScoreChanceForACollapsedNetwork() {
    float[][] same = new float[20][];
    Arrays.fill(same, new float[] {1, 0});

    Retrieval retrieval = Retrieval.of(same, same);

    assertThat(retrieval.recall(1)).isEqualTo(retrieval.chance(1), within(1e-12));
    assertThat(retrieval.recall(5)).isEqualTo(5.0 / 20, within(1e-12));
    assertThat(retrieval.recall(10)).isEqualTo(10.0 / 20, within(1e-12));
    assertThat(retrieval.medianPlace()).isEqualTo(10.5);
  }

  /** Both studies are nearest to the first report, but each report has its own study nearest. */
  @Test
  void shouldTellTheWaysApart() {
    float[][] studies = {{1, 0}, {0.8f, 0.6f}};
    float[][] reports = {{1, 0}, {0, 1}};

    assertThat(Retrieval.of(studies, reports).recall(1)).isEqualTo(0.5);
    assertThat(Retrieval.of(reports, studies).recall(1)).isEqualTo(1);
  }

  @Test
  void shouldFindNothingByVectorsThatAreNotNumbers() {
    float[][] broken = new float[20][];
    Arrays.fill(broken, BROKEN);

    Retrieval retrieval = Retrieval.of(broken, broken);

    assertThat(retrieval.recall(1)).isZero();
    assertThat(retrieval.recall(20)).isZero();
    assertThat(retrieval.recall(1000)).isZero();
    assertThat(retrieval.medianPlace()).isEqualTo(21);
  }

  @Test
  void shouldTakeAnAnswerThatIsNotANumberForTheFarthest() {
    float[][] studies = {{1, 0}, {0, 1}, {-1, 0}};
    float[][] reports = {{1, 0}, BROKEN, {-1, 0}};

    Retrieval retrieval = Retrieval.of(studies, reports);

    assertThat(retrieval.found(1)).containsExactly(1, 0, 1);
    assertThat(retrieval.found(3)).containsExactly(1, 0, 1);
  }

  @Test
  void shouldRefuseVectorsThatCannotBeCompared() {
    float[][] one = {{1, 0}};
    float[][] two = {{1, 0}, {0, 1}};
    float[][] longer = {{1, 0, 0}};

    assertThatThrownBy(() -> Retrieval.of(new float[0][], new float[0][]))
        .hasMessageContaining("at least one question");
    assertThatThrownBy(() -> Retrieval.of(one, two)).hasMessageContaining("1 and 2");
    assertThatThrownBy(() -> Retrieval.of(one, longer)).hasMessageContaining("2 values");
    assertThatThrownBy(() -> Retrieval.of(one, one).recall(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
