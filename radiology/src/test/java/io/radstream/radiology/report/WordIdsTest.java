package io.radstream.radiology.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The ids of a text are the library's, though it is asked for words alone. */
class WordIdsTest {

  private static final List<String> PIECES =
      List.of(
          " ",
          " ",
          " ",
          "\n",
          "\t",
          "\r\n",
          "left",
          "lung",
          "lungs",
          "LUNG",
          "small-left",
          "clear.",
          "\u00A0",
          "\u2003",
          "\u3000",
          "\u200B",
          "\u0000",
          "\u0007",
          "\u0301",
          "e\u0301",
          "\u00C9",
          "\u0130",
          "\u03A3",
          "\u80BA\u90E8",
          "\uD83E\uDEC1",
          "\uD83E",
          "\uFFFD",
          "\uFEFF",
          "[CLS]",
          "[SEP",
          "]",
          "##s",
          "'",
          "1,5",
          "x".repeat(120),
          "\u2028",
          "\u0085",
          "\u1680");

  @Test
  void shouldGiveTheIdsOfTheWholeText() throws IOException {
    try (ReportTokenizer tokenizer = ReportTokenizer.of(TokenizerFile.bert().bytes())) {
      WordIds ids = new WordIds(tokenizer::encoded);
      Random random = new Random(7);

      List<String> wrong =
          IntStream.range(0, 3000)
              .mapToObj(i -> text(random))
              .filter(
                  text ->
                      !IntStream.of(ids.of(text)).boxed().toList().equals(whole(tokenizer, text)))
              .toList();

      assertThat(wrong).isEmpty();
    }
  }

  @Test
  void shouldNotPartATextWhoseWordsDependOnEachOther() throws IOException {
    byte[] file =
        TokenizerFile.bert()
            .with("pre_tokenizer", "{'type': 'Whitespace'}")
            .add("left lung", 10)
            .bytes();

    try (ReportTokenizer tokenizer = ReportTokenizer.of(file)) {
      assertThat(tokenizer.words("left lung clear")).containsExactly(10, 9);
    }
  }

  @Test
  void shouldKeepAnAddedTokenWhole() throws IOException {
    byte[] file = TokenizerFile.bert().add("left lung", 10).bytes();

    try (ReportTokenizer tokenizer = ReportTokenizer.of(file)) {
      assertThat(tokenizer.words("left lung clear")).containsExactly(10, 9);
    }
  }

  private static List<Integer> whole(ReportTokenizer tokenizer, String text) {
    return IntStream.of(tokenizer.encoded(text)).boxed().toList();
  }

  private static String text(Random random) {
    return IntStream.range(0, random.nextInt(40))
        .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
        .collect(Collectors.joining());
  }
}
