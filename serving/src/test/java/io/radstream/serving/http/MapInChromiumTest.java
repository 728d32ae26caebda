package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.serving.access.Access;
import io.radstream.serving.access.ApiKeyFile;
import io.radstream.serving.access.Identification;
import io.radstream.serving.score.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where a score comes from, and what is near, on the page in a real browser, where there is one.
 */
@Timeout(120)
@ExtendWith(SharedChromium.class)
class MapInChromiumTest {

  private static PicturePage page;

  @TempDir private Path mine;

  @BeforeAll
  static void start(PicturePage shared) {
    page = shared;
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(mine.resolve(name), content);
  }

  private ChromiumTab twoViews() throws IOException {
    return page.explained(
        file("a.png", TestImages.ramp(64, 255)), file("b.png", TestImages.ramp(96, 120)));
  }

  @Test
  void shouldLayTheMapOfTheLikeliestFindingOverTheView() throws IOException {
    ChromiumTab tab = page.explained(file("a.png", TestImages.ramp(64, 255)));

    assertThat(tab.evaluate(PicturePage.coloured()).asInt()).isGreaterThan(1_000);
    assertThat(tab.text("#viewer")).contains("For research only. Not a diagnosis.");
    assertThat(
            tab.evaluate("document.querySelectorAll('[data-finding][aria-pressed=true]').length")
                .asInt())
        .isOne();
    assertThat(tab.evaluate(PicturePage.LABEL).asText()).contains("View 1 of 1 with the map of: ");
    assertThat(tab.problems()).isEmpty();
  }

  @Test
  void shouldShowThePictureAloneWithoutOpacityAndRegions() throws IOException {
    ChromiumTab tab = page.explained(file("a.png", TestImages.ramp(64, 255)));

    tab.choose("#opacity", "0");
    tab.click("#boxes");

    tab.await(PicturePage.coloured() + " === 0");
    assertThat(tab.text("#opacity-now")).isEqualTo("0%");
  }

  /** Nothing else is of this colour. */
  @Test
  void shouldMarkRegionsOnThePictureThatGrowWithIt() throws IOException {
    ChromiumTab tab = page.explained(file("a.png", TestImages.ramp(64, 255)));
    tab.choose("#opacity", "0");
    tab.await(PicturePage.marked() + " > 0");
    int whole = tab.evaluate(PicturePage.marked()).asInt();

    tab.click("#zoom-in");

    tab.await("%s !== %d".formatted(PicturePage.marked(), whole));
    tab.click("#boxes");
    tab.await(PicturePage.marked() + " === 0");
    tab.click("#boxes");
    tab.click("#reset");
    tab.await("%s === %d".formatted(PicturePage.marked(), whole));
  }

  /** Views share the scale of a map. */
  @Test
  void shouldSayInWhichViewTheMapIsStrongest() throws IOException {
    ChromiumTab tab = twoViews();
    tab.await("document.querySelector('#elsewhere').textContent.includes('is in view 2')");

    tab.click("#next");

    tab.await(PicturePage.coloured() + " > 1000");
    assertThat(tab.text("#elsewhere")).isEmpty();
  }

  @Test
  void shouldSayWhichViewTheNetworkDidNotSee() throws IOException {
    Path[] views = new Path[4];
    for (int i = 0; i < views.length; i++) {
      views[i] = file(i + ".png", TestImages.ramp(64, 100 + 40 * i));
    }
    ChromiumTab tab = page.open();
    tab.drop("#drop", views);
    tab.await("document.querySelector('#answered').textContent.includes('from view')");
    tab.await("document.querySelector('#explained').textContent.startsWith('Map of')");

    int said = 0;
    for (int i = 1; i <= views.length; i++) {
      tab.click("#views li:nth-child(%d) .choose".formatted(i));
      said += tab.text("#elsewhere").contains("did not see this view") ? 1 : 0;
    }

    assertThat(said).isOne();
  }

  @Test
  void shouldExplainTheFindingThatIsChosen() throws IOException {
    ChromiumTab tab = twoViews();
    String other =
        tab.evaluate("document.querySelector('[data-finding][aria-pressed=false]').dataset.finding")
            .asText();

    tab.click("[data-finding=%s]".formatted(other));

    tab.await(PicturePage.LABEL + ".includes('map of: %s')".formatted(other));
    assertThat(tab.text("#explained")).contains("Map of: " + other);
    tab.await(
        "document.querySelector('[data-finding=%s]').getAttribute('aria-pressed') === 'true'"
            .formatted(other));
  }

  @Test
  void shouldExplainASentence() throws IOException {
    ChromiumTab tab = twoViews();
    tab.evaluate("document.querySelector('#sentence').focus()");

    tab.type("bright lungs");
    tab.press("Enter", 13, "\r");

    tab.await(PicturePage.LABEL + ".includes('bright lungs')");
    assertThat(
            tab.evaluate("document.querySelectorAll('[data-finding][aria-pressed=true]').length")
                .asInt())
        .isZero();
  }

  @Test
  void shouldForgetTheMapWithItsStudy() throws IOException {
    ChromiumTab tab = twoViews();

    tab.click("#clear");

    tab.await("document.querySelector('#viewer').hidden");
    assertThat(tab.evaluate("document.querySelectorAll('#findings li').length").asInt()).isZero();
    assertThat(tab.evaluate("document.querySelector('#near-go').disabled").asBoolean()).isTrue();
  }

  @Test
  void shouldBringThePictureIntoSightOnASmallScreen() throws IOException {
    ChromiumTab tab = twoViews();
    tab.resize(360, 740);
    tab.evaluate("scrollTo(0, 0)");

    tab.click("[data-finding=dark]");

    tab.await(
        "document.querySelector('#stage').getBoundingClientRect().bottom < innerHeight + 2"
            + " && scrollY > 0");
  }

  @Test
  void shouldFindStudiesThatAreNear() throws IOException {
    ChromiumTab tab = twoViews();
    tab.click("#near-reports");

    tab.click("#near-go");

    tab.await("!document.querySelector('#near-found').hidden");
    assertThat(tab.text("#near-found"))
        .contains("white study", "black study", "By their reports", "Among 2 studies")
        .containsPattern("0\\.\\d{3}\\s+bright");
  }

  @Test
  void shouldFindStudiesWithoutReportsForWhoMayNotReadThem() throws IOException {
    ApiKeyFile keys = new ApiKeyFile(mine.resolve("keys.yaml"));
    String key = keys.add("scorer", Set.of(Access.SCORE));
    Identification known = new Identification(Optional.of(keys.path()), Optional.empty(), false);
    try (PictureService closed =
        PictureService.open(mine.resolve("store"), RunningApi.OPEN.withIdentification(known))) {
      ChromiumTab tab =
          page.chromium.open("http://127.0.0.1:" + closed.running.port() + "/", 1280, 900);
      tab.await("document.activeElement.id === 'key'");
      tab.type(key);
      tab.press("Enter", 13, "\r");
      tab.drop("#drop", file("a.png", TestImages.ramp(64, 255)));
      tab.await("!document.querySelector('#near-go').disabled");
      tab.click("#near-reports");

      tab.click("#near-go");

      tab.await("!document.querySelector('#near-found').hidden");
      assertThat(tab.text("#near-state")).contains("need the role reports");
      assertThat(tab.text("#near-found")).contains("white study").doesNotContain("Report\n");
    }
  }
}
