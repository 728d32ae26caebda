package io.radstream.evaluation.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
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

  private static OptionalDouble bleu(int order, List<ReportPair> reports) {
    return new Bleu(order)
        .of(reports.stream().map(report -> BleuCounts.of(report, order)).toList());
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
    assertThat(bleu(order, REPORTS).orElseThrow()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void shouldPenaliseWhatIsShorterThanItsReference() {
    // NLTK 3.10.3, as above
    assertThat(bleu(2, REPORTS.subList(1, 2)).orElseThrow())
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

  private static final List<ReportPair> WITH_INFLECTIONS =
      Stream.concat(
              REPORTS.stream(),
              Stream.of(
                  pair(
                      "opacities are seen in the enlarging left effusions",
                      "opacity of the left lung and enlarged effusion is seen")))
          .toList();

  /**
   * {@code single_meteor_score} of NLTK 3.10.3 with its PorterStemmer in the mode
   * ORIGINAL_ALGORITHM and a WordNet without synonyms; α 0.9, β 3, γ 0.5.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 0.9861386138613862",
    "1, 0.6071019473081329",
    "2, 0.8819444444444445",
    "3, 0.8289915966386556",
    "4, 0.3061224489795918"
  })
  void shouldGiveTheMeteorThatAReferenceGivesWithoutSynonyms(int report, double expected) {
    assertThat(new Meteor().score(WITH_INFLECTIONS.get(report))).isCloseTo(expected, within(1e-12));
  }

  /** A program of its own in Python, written from the paper's formulas. */
  @ParameterizedTest
  @CsvSource({
    "0, 7.341246102839562",
    "1, 3.5373340379082667",
    "2, 4.137263085916417",
    "3, 5.895505925641316",
    "4, 0.5196439674895581"
  })
  void shouldGiveTheCiderThatAReferenceGives(int report, double expected) {
    CiderD cider = new CiderD(WITH_INFLECTIONS.stream().map(ReportPair::reference).toList());

    assertThat(cider.score(WITH_INFLECTIONS.get(report))).isCloseTo(expected, within(1e-12));
  }

  @Test
  void shouldNotGainByRepeatingInCider() {
    CiderD cider = new CiderD(REPORTS.stream().map(ReportPair::reference).toList());
    ReportPair honest = pair("small effusion here", "a small effusion");

    double repeated = cider.score(pair("effusion effusion effusion", "a small effusion"));

    assertThat(repeated).isLessThan(cider.score(honest));
  }

  @Test
  void shouldFindNothingRareInASingleReport() {
    ReportPair same = pair("clear lungs", "clear lungs");

    assertThat(new CiderD(List.of(same.reference())).of(List.of(same))).hasValue(0);
  }

  @Test
  void shouldGiveNoPointsForNothing() {
    List<ReportPair> empty =
        List.of(new ReportPair(List.of(), List.of("clear")), new ReportPair(List.of(), List.of()));

    assertThat(bleu(1, empty)).hasValue(0);
    assertThat(new RougeL().of(empty)).hasValue(0);
    assertThat(new Meteor().of(empty)).hasValue(0);
    assertThat(new CiderD(List.of()).of(empty)).hasValue(0);
    assertThat(bleu(4, List.of())).isEmpty();
    assertThat(new RougeL().of(List.of())).isEmpty();
    assertThatThrownBy(() -> new Bleu(0)).hasMessageContaining("at least one token");
  }
}
