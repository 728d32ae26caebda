package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.radiology.CounterRandom;
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
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that a browser shows in part or not at all, on the page in a real one, where there is one.
 */
@Timeout(120)
@ExtendWith(SharedChromium.class)
class PictureFilesInChromiumTest {

  private static PicturePage page;

  @TempDir private Path mine;

  @BeforeAll
  static void start(PicturePage shared) {
    page = shared;
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(mine.resolve(name), content);
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
    ChromiumTab tab = page.open();

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
    ChromiumTab tab = page.open();

    tab.drop("#drop", file("deep.png", png(deep(12))));

    tab.await(
        "document.querySelector('#picture-note').textContent === 'Shown with all of its 12 bits.'");
    // The browser's own reading, of the upper 8 bits, is nearly black.
    tab.await(PicturePage.brightness() + " > 60");
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
    ChromiumTab tab = page.open();

    tab.drop("#drop", file("rgb.png", png(new BufferedImage(colours, raster, false, null))));

    tab.await(
        "document.querySelector('#picture-note').textContent.includes('the browser shows 8 only')");
  }

  @Test
  void shouldSayThatADamagedDeepPictureCannotBeShown() throws IOException {
    byte[] whole = png(deep(12));
    ChromiumTab tab = page.open();

    tab.drop("#drop", file("torn.png", Arrays.copyOf(whole, 60)));

    tab.await(
        "document.querySelector('#picture-note').textContent.includes('cannot show this file')");
    assertThat(tab.problems()).isEmpty();
  }

  @Test
  void shouldSayThatDicomIsLeftOut() throws IOException {
    byte[] dicom = new byte[200];
    System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, dicom, 128, 4);
    ChromiumTab tab = page.open();

    tab.drop("#drop", file("a.dcm", dicom));

    tab.await("!document.querySelector('#error').hidden");
    assertThat(tab.text("#error")).contains("DICOM");
    assertThat(tab.evaluate("document.querySelectorAll('#views li').length").asInt()).isZero();
  }

  @Test
  void shouldSayWhatTheBrowserCannotShow() throws IOException {
    ChromiumTab tab = page.open();

    tab.drop("#drop", file("a.bin", new byte[] {1, 2, 3}));

    tab.await("!document.querySelector('#error').hidden");
    tab.await(
        "document.querySelector('#picture-note').textContent.includes('cannot show this file')");
    assertThat(tab.text("#error")).contains("send a whole PNG or JPEG");
    assertThat(tab.text("#views")).contains("no preview");
  }
}
