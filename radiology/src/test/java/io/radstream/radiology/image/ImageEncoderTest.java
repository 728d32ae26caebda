package io.radstream.radiology.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.CounterRandom;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is read by others, too. */
class ImageEncoderTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 300", "300, 1", "513, 419"})
  void shouldWriteWhatThePlatformReadsBackExactly(int width, int height) throws IOException {
    GrayImage image = noise(width, height);

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(ImageEncoder.png(image)));

    Raster raster = read.getRaster();
    byte[] pixels = (byte[]) raster.getDataElements(0, 0, width, height, null);
    assertThat(raster.getNumBands()).isEqualTo(1);
    assertThat(pixels).isEqualTo(image.pixels());
  }

  @Test
  void shouldWriteNothingButPixels() throws IOException {
    byte[] png = ImageEncoder.png(noise(40, 30));

    List<String> types = new ArrayList<>();
    PngChunk.Sequence chunks = new PngChunk.Sequence(png);
    for (Optional<PngChunk> it = chunks.next(); it.isPresent(); it = chunks.next()) {
      types.add(it.get().type());
    }
    assertThat(types).containsExactly("IHDR", "IDAT");
  }

  @Test
  void shouldTakeLessForWhatChangesLittleFromRowToRow() {
    byte[] pixels = new byte[512 * 512];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 512 / 3 + (i % 512) * 31);
    }

    byte[] png = ImageEncoder.png(new GrayImage(512, 512, pixels));

    assertThat(png).hasSizeLessThan(pixels.length / 5);
    assertThat(Arrays.equals(png, ImageEncoder.png(new GrayImage(512, 512, pixels)))).isTrue();
  }

  private static GrayImage noise(int width, int height) {
    byte[] pixels = new byte[width * height];
    CounterRandom.of(7, "noise").nextBytes(pixels);
    return new GrayImage(width, height, pixels);
  }
}
