package io.radstream.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedTestsTest {

  private static final PairedPermutation PERMUTATION = new PairedPermutation(3, 2000);

  private static final List<Scored> STUDIES =
      IntStream.range(0, 40).mapToObj(i -> new Scored(i * 17 % 40 / 40.0, i % 2 == 1)).toList();

  private static final List<Scored> PERFECT =
      STUDIES.stream().map(s -> new Scored(s.present() ? 1 : 0, s.present())).toList();

  private static final List<Scored> BROKEN =
      STUDIES.stream().map(s -> new Scored(Double.NaN, s.present())).toList();

  @Test
  void shouldFindNoDifferenceOfAModelFromItself() {
    assertThat(DeLong.of(STUDIES, STUDIES).orElseThrow().pValue()).isEqualTo(1);
    assertThat(PERMUTATION.pValue(STUDIES, STUDIES, Auc::of)).hasValue(1);
  }

  @Test
  void shouldFindTheDifferenceToAPerfectModel() {
    assertThat(DeLong.of(PERFECT, STUDIES).orElseThrow().pValue()).isLessThan(0.001);
    assertThat(PERMUTATION.pValue(PERFECT, STUDIES, Auc::of).orElseThrow()).isLessThan(0.001);
  }

  @Test
  void shouldNotMindWhichModelComesFirst() {
    DeLong one = DeLong.of(PERFECT, STUDIES).orElseThrow();
    DeLong other = DeLong.of(STUDIES, PERFECT).orElseThrow();

    assertThat(one.pValue()).isEqualTo(other.pValue(), within(1e-15));
    assertThat(PERMUTATION.pValue(PERFECT, STUDIES, Auc::of))
        .isEqualTo(PERMUTATION.pValue(STUDIES, PERFECT, Auc::of));
  }

  @Test
  void shouldTakeAModelThatHasBrokenDownForTheWorst() {
    DeLong test = DeLong.of(STUDIES, BROKEN).orElseThrow();

    assertThat(test.second()).isZero();
    assertThat(test.pValue()).isLessThan(0.001);
  }

  /** One model is right of every pair, the other wrong: nothing varies. */
  @Test
  void shouldNotEstimateWithoutVariance() {
    assertThat(DeLong.of(PERFECT, BROKEN)).isEmpty();
    assertThat(PERMUTATION.pValue(PERFECT, BROKEN, Auc::of).orElseThrow()).isLessThan(0.001);
  }

  @Test
  void shouldBeUndefinedWhereOneKindIsMissing() {
    List<Scored> present = STUDIES.stream().filter(Scored::present).toList();

    assertThat(DeLong.of(present, present)).isEmpty();
    assertThat(DeLong.of(List.of(), List.of())).isEmpty();
    assertThat(PERMUTATION.pValue(present, present, Auc::of)).isEmpty();
  }

  @Test
  void shouldRefuseOtherStudies() {
    List<Scored> other = STUDIES.stream().map(s -> new Scored(s.score(), !s.present())).toList();

    assertThatThrownBy(() -> DeLong.of(STUDIES, other)).hasMessageContaining("same studies");
    assertThatThrownBy(() -> DeLong.of(STUDIES, STUDIES.subList(1, 40)))
        .hasMessageContaining("40 and 39");
    assertThatThrownBy(() -> PERMUTATION.pValue(STUDIES, STUDIES.subList(1, 40), Auc::of))
        .hasMessageContaining("40 and 39");
  }
}
