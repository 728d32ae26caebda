package io.radstream.producers.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.dicom.Encoders.Way;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.radiology.image.GrayImage;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures whose red, green and blue, and whose brightness and colours, are all far apart. */
class CompressedColoursTest {

  private static final int WIDTH = 48;
  private static final int HEIGHT = 40;
  private static final String BASELINE = "1.2.840.10008.1.2.4.50";

  /** Of a lossy JPEG, where it is smooth. */
  private static final int MOST_LOST = 3;

  private static RadiographReader reader;

  @BeforeAll
  static void open(@TempDir(cleanup = CleanupMode.NEVER) Path directory) throws Exception {
    Encoders.load(directory);
    reader = new RadiographReader(new StudyNames(""), BodyParts.CHEST, PictureRule.NONE);
  }

  @AfterAll
  static void close() {
    if (reader != null) {
      reader.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "JPEG_LOSSLESS,RGB",
    "JPEG_LOSSLESS,YBR_FULL",
    "JPEG_LS,RGB",
    "JPEG_LS,YBR_FULL",
    "JPEG_2000,RGB",
    "JPEG_2000,YBR_RCT"
  })
  void shouldShowTheBrightnessOfColours(Way way, String photometric) throws Exception {
    // Given: the same samples, of which JPEG 2000 makes brightness and colours by itself
    byte[] samples = photometric.equals("YBR_FULL") ? brightnessFirst() : colours();
    byte[] file =
        picture(way.syntax(), photometric)
            .fragments(new int[0], Encoders.encode8(way, WIDTH, HEIGHT, 3, samples))
            .file();

    // When
    GrayImage shown = show(file);

    // Then
    assertThat(furthest(shown)).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"RGB", "YBR_FULL"})
  void shouldTakeJpegLsInPlanes(String photometric) throws Exception {
    // Given
    byte[] samples = photometric.equals("RGB") ? colours() : brightnessFirst();
    byte[] file =
        picture(Way.JPEG_LS.syntax(), photometric).fragments(new int[0], inPlanes(samples)).file();

    // When
    GrayImage shown = show(file);

    // Then
    assertThat(furthest(shown)).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"YBR_FULL_422", "YBR_FULL", "RGB"})
  void shouldShowTheBrightnessOfABaselineJpegWhateverItsHeaderSays(String photometric)
      throws Exception {
    // Given: of a program that makes brightness and colours, and says so in the picture
    byte[] file = picture(BASELINE, photometric).fragments(new int[0], baseline()).file();

    // When
    GrayImage shown = show(file);

    // Then
    assertThat(furthest(shown)).isLessThanOrEqualTo(MOST_LOST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"YBR_FULL_422", "YBR_FULL", "RGB"})
  void shouldBelieveTheHeaderWhereABaselineJpegSaysNothing(String photometric) throws Exception {
    // Given
    byte[] samples = photometric.equals("RGB") ? colours() : brightnessFirst();
    byte[] file = picture(BASELINE, photometric).fragments(new int[0], unmarked(samples)).file();

    // When
    GrayImage shown = show(file);

    // Then
    assertThat(furthest(shown)).isLessThanOrEqualTo(MOST_LOST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"YBR_FULL_422", "RGB"})
  void shouldShowTheBrightnessOfABaselineJpegOfRedGreenAndBlue(String photometric)
      throws Exception {
    // Given: samples as they are, and a mark that says so
    byte[] jpeg = marked(unmarked(colours()));
    byte[] file = picture(BASELINE, photometric).fragments(new int[0], jpeg).file();

    // When
    GrayImage shown = show(file);

    // Then
    assertThat(furthest(shown)).isLessThanOrEqualTo(MOST_LOST);
  }

  private static byte[] baseline() throws Exception {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    fill(picture.getRaster(), colours());
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpg", jpeg);
    return jpeg.toByteArray();
  }

  /** As they are, and without a word on what they are. */
  private static byte[] unmarked(byte[] samples) throws Exception {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, 3, null);
    fill(raster, samples);
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
    try (ImageOutputStream output = ImageIO.createImageOutputStream(jpeg)) {
      writer.setOutput(output);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    return jpeg.toByteArray();
  }

  private static void fill(WritableRaster raster, byte[] samples) {
    for (int i = 0; i < samples.length; i++) {
      int pixel = i / 3;
      raster.setSample(pixel % WIDTH, pixel / WIDTH, i % 3, samples[i] & 0xFF);
    }
  }

  /** With Adobe's segment: no transform. */
  private static byte[] marked(byte[] jpeg) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xEE, 0, 14});
    bytes.writeBytes(new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0});
    bytes.write(jpeg, 2, jpeg.length - 2);
    return bytes.toByteArray();
  }

  /** One scan for each kind of samples. */
  private static byte[] inPlanes(byte[] samples) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer frame = ByteBuffer.allocate(2 + 2 + 2 + 15);
    frame.putShort((short) 0xFFD8).putShort((short) 0xFFF7).putShort((short) 17).put((byte) 8);
    frame.putShort((short) HEIGHT).putShort((short) WIDTH).put((byte) 3);
    for (int component = 1; component <= 3; component++) {
      frame.put((byte) component).put((byte) 0x11).put((byte) 0);
    }
    bytes.writeBytes(frame.array());
    for (int component = 0; component < 3; component++) {
      byte[] plane = new byte[WIDTH * HEIGHT];
      for (int i = 0; i < plane.length; i++) {
        plane[i] = samples[3 * i + component];
      }
      byte[] jpeg = Encoders.encode8(Way.JPEG_LS, WIDTH, HEIGHT, 1, plane);
      int scan = scan(jpeg);
      jpeg[scan + 5] = (byte) (component + 1);
      bytes.write(jpeg, scan, jpeg.length - scan - 2);
    }
    bytes.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD9});
    return bytes.toByteArray();
  }

  private static int scan(byte[] jpeg) {
    ByteBuffer bytes = ByteBuffer.wrap(jpeg);
    int at = 2;
    while (bytes.getShort(at) != (short) 0xFFDA) {
      at += 2 + bytes.getShort(at + 2);
    }
    return at;
  }

  private static DicomWriter picture(String syntax, String photometric) {
    return DicomWriter.chest(syntax)
        .picture(WIDTH, HEIGHT, 3, 8, 8, photometric)
        .shorts(0x0028_0006, 0);
  }

  private static byte[] colours() {
    byte[] colours = new byte[3 * WIDTH * HEIGHT];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      colours[3 * i] = (byte) (200 - i % WIDTH);
      colours[3 * i + 1] = (byte) (60 + i / WIDTH * 2);
      colours[3 * i + 2] = (byte) (20 + i % WIDTH);
    }
    return colours;
  }

  /** By PS3.3 C.7.6.3.1.2. */
  private static byte[] brightnessFirst() {
    byte[] colours = colours();
    byte[] samples = new byte[colours.length];
    for (int i = 0; i < samples.length; i += 3) {
      double red = colours[i] & 0xFF;
      double green = colours[i + 1] & 0xFF;
      double blue = colours[i + 2] & 0xFF;
      samples[i] = (byte) Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
      samples[i + 1] = (byte) Math.round(128 - 0.1687 * red - 0.3313 * green + 0.5 * blue);
      samples[i + 2] = (byte) Math.round(128 + 0.5 * red - 0.4187 * green - 0.0813 * blue);
    }
    return samples;
  }

  /** Gray levels between what is shown and the brightness of the colours, at most. */
  private static int furthest(GrayImage shown) {
    byte[] samples = brightnessFirst();
    int most = 0;
    for (int i = 0; i < shown.pixels().length; i++) {
      most = Math.max(most, Math.abs((shown.pixels()[i] & 0xFF) - (samples[3 * i] & 0xFF)));
    }
    return most;
  }

  private static GrayImage show(byte[] file) throws Exception {
    Image image = reader.read(file).part().views().get(0).image();
    return ((Image.Deferred) image).reader().read();
  }
}
