package io.radstream.radiology.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.CounterRandom;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentences as radiologists write them, each with what it has to become. */
class SideSentencesTest {

  private final Sides sides = new Sides();

  /**
   * @param mirrored empty where the sentence must not be mirrored
   */
  private record Sentence(String text, Optional<String> mirrored) {

    static Sentence of(String line) {
      String[] parts = line.split(" \\| ", -1);
      return switch (parts[1]) {
        case "=" -> new Sentence(parts[0], Optional.of(parts[0]));
        case "-" -> new Sentence(parts[0], Optional.empty());
        default -> new Sentence(parts[0], Optional.of(parts[1]));
      };
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "es", "pt"})
  void shouldMirrorEachSentenceAsExpected(String language) throws IOException {
    List<Sentence> sentences = sentences(language);

    assertThat(sentences).hasSizeGreaterThanOrEqualTo(80);
    assertThat(sentences)
        .allSatisfy(it -> assertThat(sides.mirror(it.text())).isEqualTo(it.mirrored()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "es", "pt"})
  void shouldGiveEachSentenceAgainWhereItIsMirroredTwice(String language) throws IOException {
    for (Sentence sentence : sentences(language)) {
      sentence
          .mirrored()
          .ifPresent(other -> assertThat(sides.mirror(other)).contains(sentence.text()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "es", "pt"})
  void shouldMirrorReportsOfManySentences(String language) throws IOException {
    List<Sentence> sentences =
        sentences(language).stream().filter(it -> it.mirrored().isPresent()).toList();

    for (int i = 0; i < 200; i++) {
      CounterRandom random = CounterRandom.of(1, "report " + language, i);
      List<String> text = new ArrayList<>();
      List<String> wanted = new ArrayList<>();
      for (int part = 0; part < 6; part++) {
        Sentence sentence = sentences.get(random.nextInt(sentences.size()));
        text.add(sentence.text());
        wanted.add(sentence.mirrored().orElseThrow());
      }

      assertThat(sides.mirror(String.join(" ", text))).contains(String.join(" ", wanted));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "es", "pt"})
  void shouldNotMirrorAReportForOneSentenceOfIt(String language) throws IOException {
    List<Sentence> sentences = sentences(language);
    String first = sentences.get(0).text();

    assertThat(sentences.stream().filter(it -> it.mirrored().isEmpty()))
        .hasSizeGreaterThan(10)
        .allSatisfy(it -> assertThat(sides.mirror(first + "\n" + it.text())).isEmpty());
  }

  private static List<Sentence> sentences(String language) throws IOException {
    try (InputStream in =
        SideSentencesTest.class.getResourceAsStream("sentences/" + language + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Sentence::of)
          .toList();
    }
  }
}
