package io.radstream.evaluation.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportFiguresTest {

  private static final List<ReportPair> REPORTS =
      List.of(
          pair(
              "the heart is normal in size and the lungs are clear",
              "the heart is normal in size the lungs are clear"),
          pair(
              "there is a small left pleural effusion",
              "there is a small right pleural effusion with basal atelectasis"),
          pair(
              "no acute cardiopulmonary abnormality is seen in the chest",
              "no acute cardiopulmonary abnormality"),
          pair(
              "heart size is normal there is no pleural effusion or pneumothorax",
              "the heart size is normal no pleural effusion or pneumothorax is seen"));

  private static ReportPair pair(String generated, String reference) {
    return new ReportPair(List.of(generated.split(" ")), List.of(reference.split(" ")));
  }

  /** {@code corpus_bleu} of NLTK 3.10.3, equal weights, no smoothing. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.7894736842105263",
    "2, 0.7147278596169968",
    "3, 0.6344788388475046",
    "4, 0.5452932816227334"
  })
  void shouldGiveTheBleuThatAReferenceGives(int order, double expected) {
    assertThat(new Bleu(order).of(REPORTS).orElseThrow()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void shouldPenaliseWhatIsShorterThanItsReference() {
    // NLTK 3.10.3, as above
    assertThat(new Bleu(2).of(REPORTS.subList(1, 2)).orElseThrow())
        .isCloseTo(0.4924416401547061, within(1e-12));
  }

  /** The example of Lin, 2004, section 3.1. */
  @ParameterizedTest
  @CsvSource({"police kill the gunman, 0.75", "the gunman kill police, 0.5"})
  void shouldGiveTheRougeOfItsPaper(String generated, double expected) {
    List<ReportPair> reports = List.of(pair(generated, "police killed the gunman"));

    assertThat(new RougeL().of(reports).orElseThrow()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void shouldWeighEachReportAlikeInRouge() {
    // Longest common sequences of 10, 6, 4 and 9 tokens, counted by hand.
    double expected = (20.0 / 21 + 12.0 / 17 + 8.0 / 13 + 18.0 / 23) / 4;

    assertThat(new RougeL().of(REPORTS).orElseThrow()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void shouldGiveNoPointsForNothing() {
    List<ReportPair> empty =
        List.of(new ReportPair(List.of(), List.of("clear")), new ReportPair(List.of(), List.of()));

    assertThat(new Bleu(1).of(empty)).hasValue(0);
    assertThat(new RougeL().of(empty)).hasValue(0);
    assertThat(new Bleu(4).of(List.of())).isEmpty();
    assertThat(new RougeL().of(List.of())).isEmpty();
    assertThatThrownBy(() -> new Bleu(0)).hasMessageContaining("at least one token");
  }
}
