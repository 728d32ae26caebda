package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.radiology.CounterRandom;
import io.radstream.serving.access.Access;
import io.radstream.serving.access.ApiKeyFile;
import io.radstream.serving.access.Identification;
import io.radstream.serving.score.TestImages;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a radiologist does with a study on the page, in a real browser, where there is one. */
@Timeout(120)
@EnabledIf(
    value = "isInstalled",
    disabledReason = "no Chromium is installed; install one, or name it in CHROME")
class PictureInChromiumTest {

  private static final String LABEL =
      "document.querySelector('#canvas').getAttribute('aria-label')";
  private static final String ZOOM = "document.querySelector('#zoom-now').textContent";

  @TempDir private static Path folder;

  /** Chromium goes on writing for a moment when it has ended. */
  @TempDir(cleanup = CleanupMode.NEVER)
  private static Path profile;

  private static Chromium chromium;
  private static PictureService service;

  @TempDir private Path mine;

  static boolean isInstalled() {
    return Chromium.installed().isPresent();
  }

  @BeforeAll
  static void start() throws IOException {
    chromium = Chromium.start(Chromium.installed().orElseThrow(), profile);
    service = PictureService.open(folder, RunningApi.OPEN);
  }

  @AfterAll
  static void stop() {
    service.close();
    chromium.close();
  }

  private static ChromiumTab open(RunningApi running) {
    ChromiumTab tab = chromium.open("http://127.0.0.1:" + running.port() + "/", 1280, 900);
    tab.await("document.querySelector('#connection').dataset.state === 'live'");
    return tab;
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(mine.resolve(name), content);
  }

  /** A study of two views, scored and explained. */
  private ChromiumTab explained() throws IOException {
    return explained(
        file("a.png", TestImages.ramp(64, 255)), file("b.png", TestImages.ramp(96, 120)));
  }

  private static ChromiumTab explained(Path... views) {
    ChromiumTab tab = open(service.running);
    tab.drop("#drop", views);
    tab.await("!document.querySelector('#legend').hidden");
    tab.await(brightness() + " > 5");
    return tab;
  }

  /** Of the middle of the canvas, on average, 0 to 255. */
  private static String brightness() {
    return pixels("sum + data[i] / (data.length / 4)");
  }

  /** How many have a colour. */
  private static String coloured() {
    return pixels("sum + (Math.abs(data[i] - data[i + 2]) > 12 ? 1 : 0)");
  }

  private static String pixels(String added) {
    return """
        (canvas => {
          const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          let sum = 0;
          for (let i = 0; i < data.length; i += 4) sum = %s;
          return sum;
        })(document.querySelector('#canvas'))"""
        .formatted(added);
  }

  @Test
  void shouldLayTheMapOfTheLikeliestFindingOverTheView() throws IOException {
    ChromiumTab tab = explained(file("a.png", TestImages.ramp(64, 255)));

    assertThat(tab.evaluate(coloured()).asInt()).isGreaterThan(1_000);
    assertThat(tab.text("#viewer")).contains("For research only. Not a diagnosis.");
    assertThat(
            tab.evaluate("document.querySelectorAll('[data-finding][aria-pressed=true]').length")
                .asInt())
        .isOne();
    assertThat(tab.evaluate(LABEL).asText()).contains("View 1 of 1 with the map of: ");
    assertThat(chromium.problems()).isEmpty();
  }

  @Test
  void shouldShowThePictureAloneWithoutOpacityAndRegions() throws IOException {
    ChromiumTab tab = explained(file("a.png", TestImages.ramp(64, 255)));

    tab.choose("#opacity", "0");
    tab.click("#boxes");

    tab.await(coloured() + " === 0");
    assertThat(tab.text("#opacity-now")).isEqualTo("0%");
  }

  /** Views share the scale of a map. */
  @Test
  void shouldSayInWhichViewTheMapIsStrongest() throws IOException {
    ChromiumTab tab = explained();
    tab.await("document.querySelector('#elsewhere').textContent.includes('is in view 2')");

    tab.click("#next");

    tab.await(coloured() + " > 1000");
    assertThat(tab.text("#elsewhere")).isEmpty();
  }

  @Test
  void shouldSayWhichViewTheNetworkDidNotSee() throws IOException {
    Path[] views = new Path[4];
    for (int i = 0; i < views.length; i++) {
      views[i] = file(i + ".png", TestImages.ramp(64, 100 + 40 * i));
    }
    ChromiumTab tab = open(service.running);
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
    ChromiumTab tab = explained();
    String other =
        tab.evaluate("document.querySelector('[data-finding][aria-pressed=false]').dataset.finding")
            .asText();

    tab.click("[data-finding=%s]".formatted(other));

    tab.await(LABEL + ".includes('map of: %s')".formatted(other));
    assertThat(tab.text("#explained")).contains("Map of: " + other);
    tab.await(
        "document.querySelector('[data-finding=%s]').getAttribute('aria-pressed') === 'true'"
            .formatted(other));
  }

  @Test
  void shouldExplainASentence() throws IOException {
    ChromiumTab tab = explained();
    tab.evaluate("document.querySelector('#sentence').focus()");

    tab.type("bright lungs");
    tab.press("Enter", 13, "\r");

    tab.await(LABEL + ".includes('bright lungs')");
    assertThat(
            tab.evaluate("document.querySelectorAll('[data-finding][aria-pressed=true]').length")
                .asInt())
        .isZero();
  }

  @Test
  void shouldSwitchViewsByKeyAndByPicture() throws IOException {
    ChromiumTab tab = explained();
    tab.evaluate("document.querySelector('#stage').focus()");

    tab.press("PageDown", 34, "");
    tab.await(LABEL + ".startsWith('View 2 of 2')");
    tab.click("#views li:first-child .choose");

    tab.await(LABEL + ".startsWith('View 1 of 2')");
    assertThat(
            tab.evaluate("document.querySelector('#views .choose').getAttribute('aria-pressed')")
                .asText())
        .isEqualTo("true");
  }

  @Test
  void shouldZoomByWheelKeysButtonsAndFingers() throws IOException {
    ChromiumTab tab = explained();
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
    assertThat(chromium.problems()).isEmpty();
  }

  @Test
  void shouldLeaveTheWheelToThePageUntilThePictureIsChosen() throws IOException {
    ChromiumTab tab = explained();
    tab.evaluate("document.activeElement.blur(); scrollTo(0, 200)");

    tab.wheel("#stage", 100);

    tab.await("scrollY > 200");
    assertThat(tab.evaluate(ZOOM).asText()).isEqualTo("100%");
  }

  @Test
  void shouldMoveTheEnlargedPicture() throws IOException {
    ChromiumTab tab = explained();
    tab.choose("#opacity", "0");
    tab.click("#boxes");
    tab.click("#zoom-in");
    tab.evaluate("scrollTo(0, 300)");
    double before = tab.evaluate(brightness()).asDouble();

    tab.drag("#stage", "left", 300, 0);

    // The left of the ramp, which is darker, comes into sight.
    tab.await("%s < %s - 5".formatted(brightness(), before));
  }

  @Test
  void shouldSetTheWindowByDragAndByKeyAndResetIt() throws IOException {
    ChromiumTab tab = explained();
    tab.evaluate("scrollTo(0, 300)");
    double before = tab.evaluate(brightness()).asDouble();

    tab.drag("#stage", "right", 0, 160);
    tab.await("%s < %s - 5".formatted(brightness(), before));
    tab.evaluate("document.querySelector('#stage').focus({preventScroll: true})");
    String level = tab.text("#level-now");
    tab.pressShifted("ArrowDown", 40);
    tab.await("document.querySelector('#level-now').textContent !== '%s'".formatted(level));
    tab.click("#reset");

    tab.await("Math.abs(%s - %s) < 1".formatted(brightness(), before));
    assertThat(tab.text("#level-now")).isEqualTo("128");
    assertThat(tab.text("#width-now")).isEqualTo("255");
  }

  /** Bits at the lower end, as detectors give them; filtered in all ways that PNG has. */
  private static BufferedImage deep(int bits) {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_USHORT_GRAY);
    CounterRandom random = CounterRandom.of(7, "deep picture");
    for (int i = 0; i < 64 * 48; i++) {
      int noise = random.nextInt(1 << bits);
      int ramp = i * ((1 << bits) - 1) / (64 * 48 - 1);
      image.getRaster().setSample(i % 64, i / 64, 0, i / 64 % 3 == 0 ? noise : ramp);
    }
    return image;
  }

  private static byte[] png(RenderedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 12, 16})
  void shouldReadADeepPictureToTheBit(int bits) throws IOException {
    BufferedImage image = deep(bits);
    ChromiumTab tab = open(service.running);

    JsonNode read =
        tab.evaluate(
            """
            import('/assets/deep.js').then(async ({deepPixels}) => {
              const bytes = Uint8Array.from(atob('%s'), letter => letter.charCodeAt(0));
              const {width, height, most, values} = await deepPixels(new Blob([bytes]), 3072);
              return {width, height, most, values: [...values]};
            })
            """
                .formatted(Base64.getEncoder().encodeToString(png(image))));

    int[] expected = image.getRaster().getSamples(0, 0, 64, 48, 0, (int[]) null);
    int[] values = new int[expected.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = read.get("values").get(i).asInt();
    }
    assertThat(values).isEqualTo(expected);
    assertThat(read.get("most").asInt()).isEqualTo((1 << bits) - 1);
    assertThat(read.get("width").asInt()).isEqualTo(64);
  }

  @Test
  void shouldShowAllBitsOfADeepPicture() throws IOException {
    ChromiumTab tab = open(service.running);

    tab.drop("#drop", file("deep.png", png(deep(12))));

    tab.await(
        "document.querySelector('#picture-note').textContent === 'Shown with all of its 12 bits.'");
    // The browser's own reading, of the upper 8 bits, is nearly black.
    tab.await(brightness() + " > 60");
    assertThat(tab.evaluate("document.querySelector('#level').max").asText()).isEqualTo("4095");
  }

  @Test
  void shouldSayThatADeepPictureInColoursIsShownWithEightBits() throws IOException {
    ColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = colours.createCompatibleWritableRaster(64, 64);
    ChromiumTab tab = open(service.running);

    tab.drop("#drop", file("rgb.png", png(new BufferedImage(colours, raster, false, null))));

    tab.await(
        "document.querySelector('#picture-note').textContent.includes('the browser shows 8 only')");
  }

  @Test
  void shouldSayThatADamagedDeepPictureCannotBeShown() throws IOException {
    byte[] whole = png(deep(12));
    ChromiumTab tab = open(service.running);

    tab.drop("#drop", file("torn.png", Arrays.copyOf(whole, 60)));

    tab.await(
        "document.querySelector('#picture-note').textContent.includes('cannot show this file')");
    assertThat(chromium.problems()).isEmpty();
  }

  @Test
  void shouldBringThePictureIntoSightOnASmallScreen() throws IOException {
    ChromiumTab tab = explained();
    tab.resize(360, 740);
    tab.evaluate("scrollTo(0, 0)");

    tab.click("[data-finding=dark]");

    tab.await(
        "document.querySelector('#stage').getBoundingClientRect().bottom < innerHeight + 2"
            + " && scrollY > 0");
  }

  @Test
  void shouldSayThatDicomIsLeftOut() throws IOException {
    byte[] dicom = new byte[200];
    System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, dicom, 128, 4);
    ChromiumTab tab = open(service.running);

    tab.drop("#drop", file("a.dcm", dicom));

    tab.await("!document.querySelector('#error').hidden");
    assertThat(tab.text("#error")).contains("DICOM");
    assertThat(tab.evaluate("document.querySelectorAll('#views li').length").asInt()).isZero();
  }

  @Test
  void shouldSayWhatTheBrowserCannotShow() throws IOException {
    ChromiumTab tab = open(service.running);

    tab.drop("#drop", file("a.bin", new byte[] {1, 2, 3}));

    tab.await("!document.querySelector('#error').hidden");
    tab.await(
        "document.querySelector('#picture-note').textContent.includes('cannot show this file')");
    assertThat(tab.text("#error")).contains("send a whole PNG or JPEG");
    assertThat(tab.text("#views")).contains("no preview");
  }

  @Test
  void shouldForgetTheMapWithItsStudy() throws IOException {
    ChromiumTab tab = explained();

    tab.click("#clear");

    tab.await("document.querySelector('#viewer').hidden");
    assertThat(tab.evaluate("document.querySelectorAll('#findings li').length").asInt()).isZero();
    assertThat(tab.evaluate("document.querySelector('#near-go').disabled").asBoolean()).isTrue();
  }

  @Test
  void shouldFindStudiesThatAreNear() throws IOException {
    ChromiumTab tab = explained();
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
      ChromiumTab tab = chromium.open("http://127.0.0.1:" + closed.running.port() + "/", 1280, 900);
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

  @Test
  void shouldReachAllByTheKeyboardAndShowWhereItIs() throws IOException {
    ChromiumTab tab = explained();
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
    ChromiumTab tab = explained();

    tab.prefer("light", "reduce");

    assertThat(
            tab.evaluate("getComputedStyle(document.querySelector('.bar i')).transitionDuration")
                .asText())
        .isEqualTo("0s");
  }
}
