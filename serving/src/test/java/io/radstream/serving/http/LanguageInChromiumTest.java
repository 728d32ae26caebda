package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.serving.score.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which language the page speaks, in a real browser, where there is one. */
@Timeout(120)
@ExtendWith(SharedChromium.class)
class LanguageInChromiumTest {

  @TempDir private static Path folder;

  private static Chromium chromium;
  private static ShownService service;

  @BeforeAll
  static void start(Chromium shared) throws IOException {
    chromium = shared;
    service = ShownService.open(folder.resolve("store"));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static ChromiumTab opened(String languages) {
    ChromiumTab tab = chromium.open("about:blank", 1280, 900);
    tab.speak(languages);
    tab.open("http://127.0.0.1:" + service.running.port() + "/");
    tab.await(
        "document.querySelector('#models tr') && !document.querySelector('#comparison').hidden");
    return tab;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en-GB,de      | en | Findings  | 4.500",
        "fr,de-AT,en   | de | Befunde   | 4,500",
        "es-ES         | es | Hallazgos | 4,500",
        "fr-FR,ja      | en | Findings  | 4.500"
      })
  void shouldSpeakTheFirstLanguageOfTheBrowserThatItHas(
      String languages, String language, String findings, String loss) {
    ChromiumTab tab = opened(languages.strip());

    assertThat(tab.evaluate("document.documentElement.lang").asText()).isEqualTo(language);
    assertThat(tab.text("#findings-title")).isEqualTo(findings);
    assertThat(tab.text("#figures")).contains(loss);
    assertThat(tab.evaluate("document.querySelector('#language').value").asText())
        .isEqualTo(language);
  }

  @Test
  void shouldSayAllAnewInALanguageThatIsChosenAndRememberIt() throws IOException {
    ChromiumTab tab = opened("en-US");
    tab.drop("#drop", Files.write(folder.resolve("view.png"), TestImages.white()));
    tab.await("document.querySelectorAll('#findings li').length > 0");
    tab.await("!document.querySelector('#explain-problem').hidden");

    tab.choose("#language", "de");

    assertThat(tab.text("#answered")).contains("Antwort von " + ShownService.LIVE);
    assertThat(tab.text("#explain-problem"))
        .startsWith("Danach kann der Checkpoint nicht gefragt werden.");
    assertThat(tab.text("#drift")).contains("Berichtslänge von phantoms ist 90 und war 40");
    assertThat(tab.text("#models")).contains("Kandidat", "Freigeben", "aktiv");
    assertThat(tab.text("#comparisons")).contains("von beiden bewertet", "(Schatten)");
    assertThat(tab.text("#connection")).isEqualTo("verbunden");
    assertThat(tab.text("#chart")).contains("Validierung");
    tab.evaluate("location.reload()");
    tab.await("document.querySelector('#findings-title').textContent === 'Befunde'");
    assertThat(tab.problems()).isEmpty();
  }

  /** Of what the table of words has, none is left in English. */
  @Test
  void shouldLeaveNothingUnsaid() {
    ChromiumTab tab = opened("es");
    tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })");
    tab.click("[data-key=\"why model " + ShownService.HELD + "\"]");

    assertThat(tab.text("#why")).contains("peor: lo retiene", "panel de 8 estudios");
    assertThat(tab.evaluate("document.body.textContent").asText())
        .doesNotContain("undefined", "{count}", "{name}");
  }
}
