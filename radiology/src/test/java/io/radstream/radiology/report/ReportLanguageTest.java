package io.radstream.radiology.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportLanguageTest {

  private final ReportLanguage language = new ReportLanguage();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | There is a small effusion on the left.",
        "de | Kleiner Erguss links, die Lunge ist frei.",
        "es | Pequeño derrame pleural izquierdo, sin cambios.",
        "fr | Petit épanchement pleural à gauche, pas de foyer.",
        "pt | Pequeno derrame pleural à esquerda, sem alterações.",
        "it | Piccolo versamento pleurico a sinistra, senza addensamento."
      })
  void shouldTellTheLanguage(String code, String text) {
    assertThat(language.of(text)).contains(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Левосторонний плевральный выпот", "12 34", "Sol plevral efüzyon izlendi"})
  void shouldNotGuess(String text) {
    assertThat(language.of(text)).isEmpty();
  }

  @Test
  void shouldTellNothingOfNothing() {
    assertThat(language.of("")).isEmpty();
  }
}
