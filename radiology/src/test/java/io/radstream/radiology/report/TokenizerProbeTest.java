package io.radstream.radiology.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokenizers as other programs write them: what serves, and what is said of what does not. */
class TokenizerProbeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{'type': 'BertProcessing', 'sep': ['[SEP]', 3], 'cls': ['[CLS]', 2]}",
        "{'type': 'BertProcessing', 'sep': ['[SEP]', 7], 'cls': ['[CLS]', 101]}",
        "{'type': 'RobertaProcessing', 'sep': ['[SEP]', 3], 'cls': ['[CLS]', 2],"
            + " 'trim_offsets': true, 'add_prefix_space': false}",
        "{'type': 'ByteLevel', 'add_prefix_space': true, 'trim_offsets': true, 'use_regex': true}",
        "{'type': 'Sequence', 'processors': []}",
        "{'type': 'TemplateProcessing', 'single': [{'SpecialToken': {'id': '[CLS]', 'type_id': 0}},"
            + " {'Sequence': {'id': 'A', 'type_id': 0}}], 'pair': [], 'special_tokens':"
            + " {'[CLS]': {'id': '[CLS]', 'ids': [2], 'tokens': ['[CLS]']}}}",
        "{'type': 'TemplateProcessing', 'single': [{'Sequence': {'id': 'A', 'type_id': 0}},"
            + " {'SpecialToken': {'id': '[SEP]', 'type_id': 0}},"
            + " {'SpecialToken': {'id': '[SEP]', 'type_id': 0}}], 'pair': [], 'special_tokens':"
            + " {'[SEP]': {'id': '[SEP]', 'ids': [3], 'tokens': ['[SEP]']}}}"
      })
  void shouldPutStartAndEndAroundTheTextWhateverThePostProcessor(String processor)
      throws IOException {
    byte[] json = TokenizerFile.bert().with("post_processor", processor).bytes();

    try (ReportTokenizer tokenizer = ReportTokenizer.of(json)) {
      assertThat(tokenizer.encode("Small lungs", 10)).containsExactly(2, 5, 7, 8, 3);
      assertThat(tokenizer.encode("small lungs clear", 4)).containsExactly(2, 5, 7, 3);
      assertThat(tokenizer.encode("", 10)).containsExactly(2, 3);
      byte[] portable = tokenizer.portableJson();
      try (HuggingFaceTokenizer elsewhere =
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(portable), Map.of())) {
        assertThat(elsewhere.encode("Small lungs").getIds()).containsExactly(2, 5, 7, 8, 3);
      }
    }
  }

  @Test
  void shouldFollowNeitherTruncationNorPaddingOfTheFile() throws IOException {
    byte[] json =
        TokenizerFile.bert()
            .with(
                "truncation",
                "{'direction': 'Right', 'max_length': 5, 'strategy': 'LongestFirst', 'stride': 0}")
            .with(
                "padding",
                "{'strategy': {'Fixed': 8}, 'direction': 'Right', 'pad_to_multiple_of': null,"
                    + " 'pad_id': 0, 'pad_type_id': 0, 'pad_token': '[PAD]'}")
            .bytes();

    try (ReportTokenizer tokenizer = ReportTokenizer.of(json)) {
      assertThat(tokenizer.encode("small left lung clear small left lung", 100)).hasSize(9);
      assertThat(tokenizer.encode("small", 100)).containsExactly(2, 5, 3);
    }
  }

  @Test
  void shouldCountAddedTokens() throws IOException {
    byte[] json = TokenizerFile.bert().add("[SIDE]", 10).add("[AGE]", 11).bytes();

    try (ReportTokenizer tokenizer = ReportTokenizer.of(json)) {
      assertThat(tokenizer.vocabulary().size()).isEqualTo(12);
      assertThat(tokenizer.tokens()).hasSize(12).endsWith("[SIDE]", "[AGE]");
      assertThat(tokenizer.markers()).contains(10, 11);
    }
  }

  @Test
  void shouldTakeSpecialTokensThatAreAddedOnly() throws IOException {
    TokenizerFile file = TokenizerFile.bert().with("added_tokens", "[]");
    file.vocabulary().removeAll();
    for (String word : new String[] {"[UNK]", "lung", "clear"}) {
      file.vocabulary().put(word, file.vocabulary().size());
    }
    byte[] json = file.add("[CLS]", 3).add("[SEP]", 4).add("[PAD]", 5).bytes();

    try (ReportTokenizer tokenizer = ReportTokenizer.of(json)) {
      assertThat(tokenizer.encode("Lung clear", 10)).containsExactly(3, 1, 2, 4);
      assertThat(tokenizer.vocabulary().size()).isEqualTo(6);
    }
  }

  @Test
  void shouldCountToTheHighestIdWhereSomeAreLeftOut() throws IOException {
    TokenizerFile file = TokenizerFile.bert();
    file.vocabulary().put("clear", 20);

    try (ReportTokenizer tokenizer = ReportTokenizer.of(file.bytes())) {
      assertThat(tokenizer.vocabulary().size()).isEqualTo(21);
      assertThat(tokenizer.tokens().get(15)).isEmpty();
      assertThat(tokenizer.encode("clear", 10)).containsExactly(2, 20, 3);
    }
  }

  @Test
  void shouldTakeAVocabularyThatIsAList() throws IOException {
    byte[] json =
        TokenizerFile.bert()
            .with("pre_tokenizer", "{'type': 'WhitespaceSplit'}")
            .with(
                "model",
                "{'type': 'Unigram', 'unk_id': 1, 'byte_fallback': false, 'vocab': [['[PAD]', 0],"
                    + " ['[UNK]', 0], ['[CLS]', 0], ['[SEP]', 0], ['[MASK]', 0], ['small', -2],"
                    + " ['lung', -2], ['s', -3]]}")
            .bytes();

    try (ReportTokenizer tokenizer = ReportTokenizer.of(json)) {
      assertThat(tokenizer.encode("Small lungs", 10)).containsExactly(2, 5, 6, 7, 3);
      assertThat(tokenizer.vocabulary().size()).isEqualTo(8);
    }
  }

  @Test
  void shouldServeWordsWithCapitals() throws IOException {
    TokenizerFile file = TokenizerFile.bert().withNormalizer("lowercase", false);
    file.vocabulary().put("Left", 10);

    try (ReportTokenizer tokenizer = ReportTokenizer.of(file.bytes())) {
      assertThat(tokenizer.encode("Left lung", 10)).containsExactly(2, 10, 7, 3);
    }
  }

  @Test
  void shouldRefuseALowerCaseVocabularyThatKeepsCapitals() throws IOException {
    refuses(TokenizerFile.bert().withNormalizer("lowercase", false), "\"lowercase\": true");
  }

  @Test
  void shouldRefuseATokenizerThatDoesNotFindItsOwnWords() throws IOException {
    refuses(
        TokenizerFile.bert()
            .with(
                "normalizer", "{'type': 'Replace', 'pattern': {'Regex': '[a-z]'}, 'content': 'q'}"),
        "does not find its own words");
    refuses(
        TokenizerFile.bert()
            .with("normalizer", "{'type': 'Replace', 'pattern': {'Regex': '.'}, 'content': ''}"),
        "does not find its own words");
  }

  @Test
  void shouldRefuseATokenizerThatDoesNotPartWords() throws IOException {
    refuses(TokenizerFile.bert().with("pre_tokenizer", "null"), "not in a sentence");
  }

  @Test
  void shouldRefuseOtherSpecialTokens() throws IOException {
    TokenizerFile file = TokenizerFile.bert().with("added_tokens", "[]");
    file.vocabulary().remove("[CLS]");
    file.vocabulary().put("<s>", 2);

    refuses(file, "has no [CLS] token");
  }

  @Test
  void shouldRefuseAnEmptyVocabulary() throws IOException {
    TokenizerFile empty = TokenizerFile.bert().with("added_tokens", "[]");
    empty.vocabulary().removeAll();
    TokenizerFile wordless = TokenizerFile.bert();
    wordless.vocabulary().retain("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    refuses(empty.withModel("unk_token", "null"), "has no [PAD] token");
    refuses(wordless, "has no words");
  }

  /** The first ended the whole process: the native library does not come back from it. */
  @ParameterizedTest
  @MethodSource
  void shouldRefuseAPartThatTheLibraryCannotHold(String decoder) throws IOException {
    byte[] json = TokenizerFile.bert().with("decoder", "null").bytes();
    String spoiled =
        new String(json, StandardCharsets.UTF_8)
            .replace("\"decoder\":null", "\"decoder\":" + decoder);

    assertThatThrownBy(() -> ReportTokenizer.of(spoiled.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a tokenizer.json");
  }

  static List<String> shouldRefuseAPartThatTheLibraryCannotHold() {
    return List.of(
        "{\"type\":\"WordPiece\",\"prefix\":\"\\uD83D\",\"cleanup\":true}",
        "{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":true,\"\\uDE00\":1}",
        "{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":1e400}",
        "[".repeat(130) + "]".repeat(130),
        "{\"type\":\"\\uD83D\"},\"decoder\":null");
  }

  @Test
  void shouldRefuseAnUnknownTokenThatIsNotThere() throws IOException {
    refuses(TokenizerFile.bert().withModel("unk_token", "'<unk>'"), "<unk> is not in");
  }

  @Test
  void shouldRefuseIdsThatDoNotAgree() throws IOException {
    refuses(
        TokenizerFile.bert().with("added_tokens", "[]").add("[CLS]", 101),
        "[CLS] has the id 2 in model.vocab and 101 in added_tokens");
    refuses(TokenizerFile.bert().add("[SIDE]", 40), "[SIDE] has the id 40");
  }

  @Test
  void shouldRefuseIdsThatTwoTokensHave() throws IOException {
    TokenizerFile file = TokenizerFile.bert();
    file.vocabulary().put("right", 7);

    refuses(file, "lung and right have the same id 7");
  }

  @Test
  void shouldRefuseIdsThatNoTableHas() throws IOException {
    for (Object id : new Object[] {-1, 1L << 31, BigInteger.TWO.pow(70), 2_000_000_000, "7", 1.5}) {
      TokenizerFile file = TokenizerFile.bert().add("[SIDE]", id);

      refuses(file, "token [SIDE] has the id");
    }
  }

  @Test
  void shouldSayThatAFileIsCut(@TempDir Path folder) throws IOException {
    byte[] whole = TokenizerFile.bert().bytes();
    for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
      Path file = Files.write(folder.resolve("cut.json"), Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> ReportTokenizer.load(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cut.json: not a tokenizer.json");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{'model': {'type': 'Magic', 'vocab': {'[PAD]': 0, '[CLS]': 1, '[SEP]': 2, 'lung': 3}}}",
        "{'model': {'vocab': 7}}"
      })
  void shouldRefuseOtherJson(String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> ReportTokenizer.of(bytes)).isInstanceOf(IOException.class);
  }

  private static void refuses(TokenizerFile file, String why) {
    assertThatThrownBy(() -> ReportTokenizer.of(file.bytes()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }
}
