package io.radstream.radiology.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.radiology.report.WordPieceTrainer.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordPieceTrainerTest {

  private static final List<String> REPORTS =
      List.of(
          "The lungs are clear. No pleural effusion on the left or right.",
          "Large left pleural effusion. The right lung is clear.",
          "Heart size normal; no pneumothorax. Right-sided line (tip in the SVC).",
          "Findings: a 3.5 cm nodule, right upper lobe & café-au-lait.");

  @Test
  void shouldMergeTheMostFrequentPairFirst() throws IOException {
    List<String> corpus = List.of("hug hug hug hug pug pug pug hugs hugs");

    List<String> vocabulary = vocabulary(train(corpus, new Options(64, 1)));

    // ##u ##g occurs 9 times, h ##ug 6, p ##ug 3, hug ##s 2.
    assertThat(vocabulary)
        .containsExactly(
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "left", "right", "##g", "##s", "##u", "h",
            "p", "##ug", "hug", "pug", "hugs");
  }

  @Test
  void shouldBreakTiesAlphabetically() throws IOException {
    List<String> corpus = List.of("zy zy ab ab mn mn");

    List<String> vocabulary = vocabulary(train(corpus, new Options(64, 2)));

    assertThat(vocabulary).endsWith("ab", "mn", "zy");
  }

  @Test
  void shouldMergeAPieceThatTwoWaysLeadTo() throws IOException {
    List<String> corpus =
        List.of("abc ".repeat(9), "abd ".repeat(2), "xbc ".repeat(20), "abcd ".repeat(3));

    List<String> vocabulary = vocabulary(train(corpus, new Options(64, 1)));

    assertThat(vocabulary).contains("abc", "abcd", "abd", "xbc").doesNotHaveDuplicates();
  }

  @Test
  void shouldNotJoinPairsBelowTheMinimumFrequency() throws IOException {
    List<String> vocabulary = vocabulary(train(List.of("ab ab ab cd a b c d"), new Options(64, 2)));

    assertThat(vocabulary).contains("ab").doesNotContain("cd");
  }

  @Test
  void shouldStopAtTheVocabularySize() throws IOException {
    byte[] json = train(REPORTS, new Options(80, 1));

    assertThat(vocabulary(json)).hasSize(80);
  }

  @Test
  void shouldNotDependOnTheOrderOfReports() {
    List<String> corpus =
        new ArrayList<>(IntStream.range(0, 200).mapToObj(WordPieceTrainerTest::variant).toList());
    byte[] first = train(corpus, new Options(300, 2));
    Collections.shuffle(corpus, new Random(7));

    byte[] second = train(corpus, new Options(300, 2));

    assertThat(second).isEqualTo(first);
  }

  @Test
  void shouldGiveFrequentWordsOneTokenEach() throws IOException {
    Stream<String> corpus = REPORTS.stream().flatMap(report -> Stream.of(report, report));

    try (ReportTokenizer tokenizer =
        ReportTokenizer.of(WordPieceTrainer.train(corpus.iterator(), Options.DEFAULT))) {

      assertThat(tokenizer.encode("Large LEFT pleural effusion; café.", 100)).hasSize(2 + 7);
      assertThat(tokenizer.decode(tokenizer.encode(REPORTS.get(1), 100)))
          .isEqualTo("large left pleural effusion. the right lung is clear.");
    }
  }

  @Test
  void shouldPutPaddingFirstAndKnowLeftAndRight() throws IOException {
    try (ReportTokenizer tokenizer = ReportTokenizer.of(train(List.of(), Options.DEFAULT))) {

      VocabularyIds ids = tokenizer.vocabulary();

      assertThat(ids.padding()).isZero();
      assertThat(ids.canMirror()).isTrue();
      assertThat(ids.size()).isEqualTo(7);
    }
  }

  @Test
  void shouldNeverMeetAnUnknownWordOfItsOwnCorpus() throws IOException {
    String hostile =
        "ÄÖ ß İ Σς ½ x²  a\u0301e\u0308 a\u00ADb c\u200Bd 胸片 胸 $+<=>^`|~ “q” €5 \u0001\u0007z";
    List<String> corpus = List.of(hostile, hostile);

    try (ReportTokenizer tokenizer = ReportTokenizer.of(train(corpus, new Options(2000, 1)))) {
      int[] ids = tokenizer.encode(hostile, 1000);

      // [UNK] is 1: the native tokenizer must split into words exactly as training did.
      assertThat(ids).doesNotContain(1);
    }
  }

  @Test
  void shouldLeaveRoomForPiecesWhereTheAlphabetIsLarge() throws IOException {
    String everyIdeograph =
        IntStream.range(0x4E00, 0x5E00).mapToObj(Character::toString).reduce("", String::concat);

    List<String> vocabulary =
        vocabulary(train(List.of(everyIdeograph, "lung ".repeat(50)), new Options(100, 1)));

    assertThat(vocabulary).hasSizeLessThanOrEqualTo(100).contains("lung");
  }

  @Test
  void shouldRefuseAVocabularyWithoutRoomForAnAlphabet() {
    assertThatThrownBy(() -> new Options(10, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 64");
  }

  private static String variant(int i) {
    return "Nodule number %d of the %s lung measures %d mm, unchanged."
        .formatted(i % 17, i % 2 == 0 ? "left" : "right", i % 23);
  }

  private static byte[] train(List<String> corpus, Options options) {
    return WordPieceTrainer.train(corpus.iterator(), options);
  }

  private static List<String> vocabulary(byte[] json) throws IOException {
    List<String> tokens = new ArrayList<>();
    new ObjectMapper()
        .readTree(json)
        .path("model")
        .path("vocab")
        .fieldNames()
        .forEachRemaining(tokens::add);
    return tokens;
  }
}
