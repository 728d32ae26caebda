package io.radstream.radiology.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.radstream.radiology.report.WordPieceTrainer.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTokenizerTest {

  private static final List<String> CORPUS =
      List.of("Small left pleural effusion. The right lung is clear. [sic]".repeat(3));

  private static ReportTokenizer tokenizer;

  @BeforeAll
  static void train() throws IOException {
    tokenizer = ReportTokenizer.of(WordPieceTrainer.train(CORPUS.iterator(), Options.DEFAULT));
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void shouldEncodeFromStartToEnd() {
    int[] ids = tokenizer.encode("left effusion", 100);

    VocabularyIds vocabulary = tokenizer.vocabulary();
    assertThat(ids).hasSize(4).startsWith(vocabulary.start()).endsWith(vocabulary.end());
  }

  @Test
  void shouldKeepTheEndTokenWhenCutting() {
    int[] ids = tokenizer.encode("small left pleural effusion", 4);

    assertThat(ids).hasSize(4).endsWith(tokenizer.vocabulary().end());
    assertThat(tokenizer.decode(ids)).isEqualTo("small left");
  }

  @Test
  void shouldRefuseALengthWithoutRoomForTheSpecialTokens() {
    assertThatThrownBy(() -> tokenizer.encode("left", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("need 2");
  }

  @Test
  void shouldDecodeToTextWithoutSpecialTokensAndSeams(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("vocab.txt");
    Files.writeString(file, "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nlung\n##s\nclear\n.\n,\n");

    try (ReportTokenizer plain = ReportTokenizer.ofVocabulary(file)) {
      int[] ids = plain.encode("Lungs, lung: clear.", 20);

      assertThat(plain.decode(ids)).isEqualTo("lungs, lung clear.");
    }
  }

  @Test
  void shouldTellTokensThatStandForNoText(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("vocab.txt");
    Files.writeString(file, "[PAD]\n[unused0]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n[\n]\nlung\n##]\n");

    try (ReportTokenizer plain = ReportTokenizer.ofVocabulary(file)) {
      assertThat(plain.markers()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
      assertThat(plain.encode("[unused0] lung", 10)).doesNotContain(1).contains(6, 7, 8);
    }
  }

  @Test
  void shouldTellEveryTokenAtItsId() {
    List<String> tokens = tokenizer.tokens();

    assertThat(tokens).hasSize(tokenizer.vocabulary().size()).startsWith("[PAD]", "[UNK]");
    assertThat(tokens.get(tokenizer.vocabulary().left().orElseThrow())).isEqualTo("left");
  }

  @Test
  void shouldSwapLeftAndRight() {
    int[] ids = tokenizer.encode("Small left effusion, right lung clear", 100);

    int[] mirrored = tokenizer.vocabulary().mirror(ids);

    assertThat(mirrored).isEqualTo(tokenizer.encode("Small right effusion, left lung clear", 100));
  }

  @Test
  void shouldTellTokenizersApartByFingerprint() throws IOException {
    byte[] other = WordPieceTrainer.train(List.of("other words").iterator(), Options.DEFAULT);

    try (ReportTokenizer again = ReportTokenizer.of(tokenizer.json());
        ReportTokenizer different = ReportTokenizer.of(other)) {
      assertThat(again.fingerprint()).isEqualTo(tokenizer.fingerprint()).hasSize(64);
      assertThat(different.fingerprint()).isNotEqualTo(tokenizer.fingerprint());
    }
  }

  @Test
  void shouldNotTakeSpecialTokensFromTheText() {
    int[] ids = tokenizer.encode("left [SEP] [CLS] [PAD] [MASK] right", 100);

    int[] inner = java.util.Arrays.copyOfRange(ids, 1, ids.length - 1);
    VocabularyIds vocabulary = tokenizer.vocabulary();
    assertThat(inner).doesNotContain(vocabulary.start(), vocabulary.end(), vocabulary.padding(), 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u0000\u0001\u0002",
        "\uD83E\uDEC1 lung \uD83E\uDEC1\uD83C\uDFFD",
        "lone \uD83E surrogate \uDEC1",
        "\u202Eright to left\u202C",
        "\uFFFD\uFFFF\uFEFF"
      })
  void shouldSurviveHostileText(String text) {
    int[] ids = tokenizer.encode(text, 64);

    assertThat(ids)
        .startsWith(tokenizer.vocabulary().start())
        .endsWith(tokenizer.vocabulary().end());
    assertThat(tokenizer.decode(ids)).isNotNull();
  }

  @Test
  void shouldSurviveAMegabyteOfText() {
    String megabyte = "left lung ".repeat(100_000) + "x".repeat(100_000);

    assertThat(tokenizer.encode(megabyte, 128)).hasSize(128);
  }

  @Test
  void shouldReadAPlainVocabulary(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("vocab.txt");
    Files.writeString(file, "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nlung\n##s\nclear\n");

    try (ReportTokenizer plain = ReportTokenizer.ofVocabulary(file)) {
      assertThat(plain.encode("Lungs clear", 10)).containsExactly(2, 5, 6, 7, 3);
      assertThat(plain.vocabulary().canMirror()).isFalse();
    }
  }

  @Test
  void shouldSayWhatAPlainVocabularyLacks(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("vocab.txt");
    Files.writeString(file, "[PAD]\n[UNK]\n[CLS]\nlung\n");

    assertThatThrownBy(() -> ReportTokenizer.ofVocabulary(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("[SEP]");
  }

  @Test
  void shouldSayThatAFileIsNoTokenizer() {
    byte[] json = "{\"model\": {}}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> ReportTokenizer.of(json))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a tokenizer.json");
  }

  @Test
  void shouldGiveBertsOwnIdsForBertsVocabulary() throws IOException {
    String data = System.getProperty("radstream.data");
    assumeTrue(data != null, "set radstream.data to test BERT's vocabulary");
    Path file = Path.of(data, "vocab", "bert-base-uncased-vocab.txt");
    assumeTrue(Files.exists(file), () -> "no BERT vocabulary at " + file);

    try (ReportTokenizer bert = ReportTokenizer.ofVocabulary(file)) {
      // "hello world" is the best known pair of ids of bert-base-uncased.
      assertThat(bert.encode("Hello world", 10)).containsExactly(101, 7592, 2088, 102);
      assertThat(bert.vocabulary().canMirror()).isTrue();
      assertThat(bert.vocabulary().size()).isEqualTo(30_522);
    }
  }
}
