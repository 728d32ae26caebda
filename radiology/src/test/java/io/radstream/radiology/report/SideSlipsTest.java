package io.radstream.radiology.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.CounterRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SideSlipsTest {

  private final Sides sides = new Sides();

  /** Sentences that name a side, with room for a word that might be one as well. */
  private static final Map<String, String> FRAMES =
      Map.of(
          "en", "There is a left effusion of the lung, and the %s base is clear.",
          "de", "Kleiner Erguss links, und die Lunge ist %s ohne Infiltrat.",
          "es", "Derrame en la base izquierda, el pulmón %s está sin opacidad.",
          "fr", "Il y a un épanchement gauche avec un foyer %s.",
          "pt", "Derrame na base esquerda, e o pulmão %s não tem opacidade.",
          "it", "Versamento della base sinistra, il polmone %s non ha opacità.");

  private static final int SHORTEST = 4;

  @Test
  void shouldMirrorNoReportByHalfForSlipsInAWordForASide() {
    int tried = 0;
    for (String language : FRAMES.keySet()) {
      SideTable table = SideTable.load(language);
      for (String word : longWords(table)) {
        for (int i = 0; i < 30; i++) {
          CounterRandom random = CounterRandom.of(1, "slips " + word, i);
          int slips = 1 + i % 2;
          String slip = slipped(word, slips, random);
          Spelling written = Spelling.of(slip);
          boolean isTold = slips == 1 || slip.length() >= SHORTEST;
          if (isTold && !isListed(written, table)) {
            tried++;

            Optional<String> mirrored = sides.mirror(FRAMES.get(language).formatted(slip));

            assertThat(mirrored.map(SideSlipsTest::wordsOf).orElse(Set.of())).doesNotContain(slip);
          }
        }
      }
    }
    assertThat(tried).isGreaterThan(800);
  }

  private static boolean isListed(Spelling word, SideTable table) {
    return table.knows(word) || table.isOrdinary(word) || SideTable.COMMON.isOrdinary(word);
  }

  private static Set<String> longWords(SideTable table) {
    return table.everywhere().words().stream()
        .filter(word -> word.length() >= SHORTEST)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> wordsOf(String text) {
    return TextWord.of(text, new Lexicon()).stream()
        .map(TextWord::written)
        .collect(Collectors.toSet());
  }

  /** One slip behind the first letter, or one in each half. */
  private static String slipped(String word, int slips, CounterRandom random) {
    if (slips == 1) {
      return slipped(word, random, 1);
    }
    int half = word.length() / 2;
    return slipped(word.substring(0, half), random, 1) + slipped(word.substring(half), random, 0);
  }

  private static String slipped(String word, CounterRandom random, int from) {
    int place = from + random.nextInt(word.length() - from);
    String before = word.substring(0, place);
    String letter = word.substring(place, place + 1);
    String after = word.substring(place + 1);
    char any = (char) ('a' + random.nextInt(26));
    return switch (random.nextInt(4)) {
      case 0 -> before + after;
      case 1 -> before + letter + any + after;
      case 2 -> before + any + after;
      default -> after.isEmpty() ? word + letter : before + swapped(letter, after);
    };
  }

  private static String swapped(String letter, String after) {
    return after.charAt(0) + letter + after.substring(1);
  }

  @ParameterizedTest
  @CsvSource({
    "en, l r l. r. lf rll LSC RSC lhs rght L's 4R lside",
    "de, l r l. (r) lk rts rchts dx sin. reOL liUL re4",
    "es, d i d. i. iz dch drch dr. izqu. derec. HTD PI",
    "fr, d g d. (g) dt dte drt gch gau. droi. dext VG",
    "pt, d e. (e) dto dta esqu. dirt dx PE HTE",
    "it, d s d. (s) dex sin. sn ds dxt sinist. D"
  })
  void shouldMirrorNoReportByHalfForAnAbbreviation(String language, String abbreviations) {
    for (String abbreviation : abbreviations.split(" ", -1)) {
      Optional<String> mirrored =
          sides.mirror(FRAMES.get(language).formatted(abbreviation + " lateral"));

      assertThat(mirrored.filter(text -> text.contains(" " + abbreviation + " "))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The le ft lung is clear and the right is not.",
        "The lef-\nt lung is clear and the right is not.",
        "Erguss rech-\nts, links kein Erguss.",
        "L E F T effusion and the right lung is clear.",
        "The lungs are clear. Erguss li. basal mit Infiltrat. Left effusion.",
        "RULs are clear, the left lung is not.",
        "The RPA is enlarged, the left lung is clear.",
        "Dra Izquierdo: derrame en la base derecha.",
        "Fracture of L 5, the right lung is clear.",
        "Read by R. Miller, left effusion of the lung.",
        "R. MILLER MD. LEFT EFFUSION OF THE LUNG."
      })
  void shouldNotMirrorWhatIsBrokenUpOrOfAnotherLanguageOrAName(String text) {
    assertThat(sides.mirror(text)).isEmpty();
  }

  @Test
  void shouldTakeOrdinaryWordsForNoSlips() {
    List<String> texts =
        List.of(
            "At this level the central line is light; the last left film was fine.",
            "Leichter Erguss und die letzte Linie ist licht, mit einem Rest links.",
            "Drainage et drain de la grosse base gauche, dit-il, avec un foyer.",
            "Il lavoro dietro e dentro il polmone sinistro non ha opacità.");

    assertThat(texts).allMatch(text -> sides.mirror(text).isPresent());
  }
}
