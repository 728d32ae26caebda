package io.radstream.cli.phi;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.deidentification.text.SiteList;
import io.radstream.radiology.CounterRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListedWordsTest {

  private static ListedWords of(String... lines) {
    return ListedWords.of(SiteList.of(List.of(lines)).entries(), CounterRandom.of(1, "test"));
  }

  @Test
  void shouldPlantWordsAsTheyStandAndTextsThatFitTheExpressions() {
    ListedWords words = of("# ours", "Haus Sonnenblick", "/KX-[0-9]{4}[A-Z]?/", "/(?i)ward [a-f]/");

    assertThat(words.left()).isEmpty();
    assertThat(words.planted()).extracting(ListedWords.Word::line).containsExactly(2, 3, 4);
    assertThat(words.planted().get(0).text()).isEqualTo("Haus Sonnenblick");
    assertThat(words.planted().get(1).text()).matches("KX-[0-9]{4}[A-Z]?");
  }

  @Test
  void shouldNameTheLinesThatCannotBeTried() {
    ListedWords words = of("x", "2026", "XXXX", "/^Bound to the beginning/", "Sonnenblick");

    assertThat(words.left()).containsExactly(1, 2, 3, 4);
    assertThat(words.planted()).hasSize(1);
  }

  @Test
  void shouldShareThemOut() {
    ListedWords words = of("Alpha", "Beta", "Gamma");

    assertThat(words.share(0, 2))
        .extracting(ListedWords.Word::text)
        .containsExactly("Alpha", "Gamma");
    assertThat(words.share(1, 2)).extracting(ListedWords.Word::text).containsExactly("Beta");
  }

  @Test
  void shouldSeeAWordAsAWholeInAnyCase() {
    ListedWords.Word word = new ListedWords.Word(1, "Haus  Nord");

    assertThat(word.isIn("Seen in HAUS NORD.")).isTrue();
    assertThat(word.isIn("Seen in haus\nnord")).isTrue();
    assertThat(word.isIn("Seen in Haus Norden.")).isFalse();
    assertThat(word.isIn("Seen in XXXX.")).isFalse();
  }
}
