package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.serving.score.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What hands and keys do with the picture on the page, in a real browser, where there is one. */
@Timeout(120)
@ExtendWith(SharedChromium.class)
class PictureInChromiumTest {

  private static final String ZOOM = "document.querySelector('#zoom-now').textContent";

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
  void shouldSwitchViewsByKeyAndByPicture() throws IOException {
    ChromiumTab tab = twoViews();
    tab.evaluate("document.querySelector('#stage').focus()");

    tab.press("PageDown", 34, "");
    tab.await(PicturePage.LABEL + ".startsWith('View 2 of 2')");
    tab.click("#views li:first-child .choose");

    tab.await(PicturePage.LABEL + ".startsWith('View 1 of 2')");
    assertThat(
            tab.evaluate("document.querySelector('#views .choose').getAttribute('aria-pressed')")
                .asText())
        .isEqualTo("true");
  }

  @Test
  void shouldZoomByWheelKeysButtonsAndFingers() throws IOException {
    ChromiumTab tab = twoViews();
    tab.evaluate("document.querySelector('#stage').focus({preventScroll: true}); scrollTo(0, 300)");

    tab.wheel("#stage", -300);
    tab.await(ZOOM + " !== '100%'");
    tab.press("0", 48, "0");
    tab.await(ZOOM + " === '100%'");
    tab.press("+", 107, "+");
    tab.await(ZOOM + " === '125%'");
    tab.click("#reset");
    tab.click("#zoom-in");
    tab.await(ZOOM + " === '150%'");
    tab.click("#reset");
    tab.pinch("#stage", 2);

    tab.await("parseInt(%s, 10) > 150".formatted(ZOOM));
    assertThat(tab.problems()).isEmpty();
  }

  @Test
  void shouldLeaveTheWheelToThePageUntilThePictureIsChosen() throws IOException {
    ChromiumTab tab = twoViews();
    tab.evaluate("document.activeElement.blur(); scrollTo(0, 200)");

    tab.wheel("#stage", 100);

    tab.await("scrollY > 200");
    assertThat(tab.evaluate(ZOOM).asText()).isEqualTo("100%");
  }

  @Test
  void shouldMoveTheEnlargedPicture() throws IOException {
    ChromiumTab tab = twoViews();
    tab.choose("#opacity", "0");
    tab.click("#boxes");
    tab.click("#zoom-in");
    tab.evaluate("scrollTo(0, 300)");
    double before = tab.evaluate(PicturePage.brightness()).asDouble();

    tab.drag("#stage", "left", 300, 0);

    // The left of the ramp, which is darker, comes into sight.
    tab.await("%s < %s - 5".formatted(PicturePage.brightness(), before));
  }

  @Test
  void shouldSetTheWindowByDragAndByKeyAndResetIt() throws IOException {
    ChromiumTab tab = twoViews();
    tab.evaluate("scrollTo(0, 300)");
    double before = tab.evaluate(PicturePage.brightness()).asDouble();

    tab.drag("#stage", "right", 0, 160);
    tab.await("%s < %s - 5".formatted(PicturePage.brightness(), before));
    tab.evaluate("document.querySelector('#stage').focus({preventScroll: true})");
    String level = tab.text("#level-now");
    tab.pressShifted("ArrowDown", 40);
    tab.await("document.querySelector('#level-now').textContent !== '%s'".formatted(level));
    tab.click("#reset");

    tab.await("Math.abs(%s - %s) < 1".formatted(PicturePage.brightness(), before));
    assertThat(tab.text("#level-now")).isEqualTo("128");
    assertThat(tab.text("#width-now")).isEqualTo("255");
  }

  @Test
  void shouldReachAllByTheKeyboardAndShowWhereItIs() throws IOException {
    ChromiumTab tab = twoViews();
    tab.evaluate("document.activeElement.blur(); scrollTo(0, 0)");
    Set<String> reached = new TreeSet<>();
    String seen =
        """
        (one => { const shown = one.id === 'files' ? one.closest('label') : one;
          return [one.id || one.className, getComputedStyle(shown).outlineStyle !== 'none']; })
        (document.activeElement)
        """;

    for (int i = 0; i < 60; i++) {
      tab.press("Tab", 9, "");
      JsonNode one = tab.evaluate(seen);
      reached.add(one.get(0).asText());
      assertThat(one.get(1).asBoolean() || one.get(0).asText().isEmpty())
          .as(one.toString())
          .isTrue();
    }

    assertThat(reached)
        .contains("language", "files", "choose", "close", "zoom-in", "stage", "opacity", "level")
        .contains("width", "boxes", "invert", "sentence", "near-reports", "near-go", "metrics");
  }

  @Test
  void shouldMoveNothingForWhoWantsNoMotion() throws IOException {
    ChromiumTab tab = twoViews();

    tab.prefer("light", "reduce");

    assertThat(
            tab.evaluate("getComputedStyle(document.querySelector('.bar i')).transitionDuration")
                .asText())
        .isEqualTo("0s");
  }
}
