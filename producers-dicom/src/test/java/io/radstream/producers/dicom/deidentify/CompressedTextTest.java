package io.radstream.producers.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.radstream.deidentification.pixels.PictureGuard;
import io.radstream.deidentification.pixels.PictureGuard.Treatment;
import io.radstream.producers.dicom.DicomWriter;
import io.radstream.producers.dicom.Encoders;
import io.radstream.producers.dicom.Encoders.Way;
import io.radstream.producers.dicom.PictureRule;
import io.radstream.producers.dicom.RadiographReader;
import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.radiology.image.GrayImage;
import io.radstream.schemas.RejectionReason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A name burned into compressed pictures. */
class CompressedTextTest {

  private static final int WIDTH = 200;
  private static final int HEIGHT = 160;
  private static final int TEXT_ROWS = 50;
  private static final int INK = 250;
  private static final String BASELINE = "1.2.840.10008.1.2.4.50";

  /** Rows of the letters of a name, one letter behind the other. */
  private static final List<String> NAME =
      List.of(
          "#...# ##### #     ##### #####",
          "#...#   #   #       #   #    ",
          "#...#   #   #       #   #    ",
          "#####   #   #       #   #### ",
          "#...#   #   #       #   #    ",
          "#...#   #   #       #   #    ",
          "#...# ##### #####   #   #####");

  private static FileDeidentifier refusing;
  private static FileDeidentifier blanking;
  private static RadiographReader reader;

  @BeforeAll
  static void open(@TempDir(cleanup = CleanupMode.NEVER) Path directory) throws Exception {
    Encoders.load(directory);
    refusing = new FileDeidentifier(Site.rules(Treatment.REFUSE, Optional.empty()));
    blanking = new FileDeidentifier(Site.rules(Treatment.BLANK, Optional.empty()));
    reader = new RadiographReader(Site.NAMES, BodyParts.ANY, PictureRule.NONE);
  }

  @AfterAll
  static void close() {
    if (reader != null) {
      reader.close();
      refusing.close();
      blanking.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"YBR_FULL", "YBR_FULL_422", "RGB"})
  void shouldRefuseTextInAColourJpeg(String photometric) throws Exception {
    // Given
    byte[] file = colourJpeg(photometric);

    // When
    RefusedStudyException refusal =
        catchThrowableOfType(RefusedStudyException.class, () -> refusing.deidentify(file));

    // Then
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(RejectionReason.BURNED_IN_TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"YBR_FULL", "YBR_FULL_422", "RGB"})
  void shouldSeeTextInTheColourJpegThatIsPublished(String photometric) throws Exception {
    // Given
    byte[] file = colourJpeg(photometric);
    PictureGuard guard = new PictureGuard(Treatment.REFUSE);

    // When
    GrayImage published = show(file);

    // Then
    assertThat(guard.bySight(published).refusal()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"YBR_FULL", "YBR_FULL_422", "RGB"})
  void shouldBlankTextInAColourJpegAndKeepItsColours(String photometric) throws Exception {
    // Given
    byte[] file = colourJpeg(photometric);

    // When
    Dataset written = Site.header(blanking.deidentify(file));

    // Then: brightness first, as the picture has it
    assertThat(written.text(Tag.PHOTOMETRIC_INTERPRETATION)).contains("YBR_FULL");
    byte[] stored = new byte[3 * WIDTH * HEIGHT];
    written.bytes(Tag.PIXEL_DATA).orElseThrow().get(stored);
    int brightest = 0;
    int furthest = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int brightness = stored[3 * i] & 0xFF;
      if (i < WIDTH * TEXT_ROWS) {
        brightest = Math.max(brightest, brightness);
      } else {
        int colour = Math.abs((stored[3 * i + 1] & 0xFF) - 128);
        furthest = Math.max(furthest, Math.max(colour, Math.abs(brightness - ground(i))));
      }
    }
    assertThat(brightest).isLessThan(INK - 50);
    assertThat(furthest).isLessThanOrEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({
    "JPEG_LOSSLESS,12,15,0",
    "JPEG_LOSSLESS,12,15,1",
    "JPEG_LOSSLESS,12,13,1",
    "JPEG_LOSSLESS,10,11,0",
    "JPEG_LOSSLESS,15,15,1",
    "JPEG_LS,12,15,0",
    "JPEG_LS,12,15,1",
    "JPEG_LS,12,13,1",
    "JPEG_LS,10,11,0",
    "JPEG_LS,15,15,1",
  })
  void shouldWriteTheNumbersOfAPictureWhereverTheyStandInTheirCells(
      Way way, int bits, int highBit, int signed) throws Exception {
    // Given
    short[] numbers = numbers(bits, signed == 1);
    short[] cells = new short[numbers.length];
    for (int i = 0; i < cells.length; i++) {
      int code = numbers[i] & ((1 << bits) - 1);
      cells[i] = (short) (code << (highBit - bits + 1));
    }
    byte[] packed = Encoders.encode(way, WIDTH, HEIGHT, highBit + 1, cells);
    byte[] file = gray(way.syntax(), bits, highBit, signed).fragments(new int[0], packed).file();

    // When
    Deidentified instance = blanking.deidentify(file);

    // Then
    assertThat(instance.audit()).containsEntry("picture.rewritten", 1L);
    Dataset written = Site.header(instance);
    assertThat(written.unsigned(Tag.BITS_STORED)).hasValue(bits);
    assertThat(written.unsigned(Tag.HIGH_BIT)).hasValue(bits - 1);
    int[] stored = written.unsignedShorts(Tag.PIXEL_DATA);
    int[] expected = new int[numbers.length];
    Arrays.setAll(expected, i -> Short.toUnsignedInt(numbers[i]));
    int from = WIDTH * TEXT_ROWS;
    assertThat(Arrays.copyOfRange(stored, from, stored.length))
        .isEqualTo(Arrays.copyOfRange(expected, from, expected.length));
    assertThat(shownFrom(from, Site.bytes(instance))).isEqualTo(shownFrom(from, file));
  }

  /** Gray, which as brightness and colours has two samples that are the same everywhere. */
  private static byte[] colourJpeg(String photometric) throws Exception {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      for (int sample = 0; sample < 3; sample++) {
        picture.getRaster().setSample(i % WIDTH, i / WIDTH, sample, shade(i));
      }
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpg", jpeg);
    return DicomWriter.chest(BASELINE)
        .picture(WIDTH, HEIGHT, 3, 8, 8, photometric)
        .shorts(0x0028_0006, 0)
        .fragments(new int[0], jpeg.toByteArray())
        .file();
  }

  private static DicomWriter gray(String syntax, int bits, int highBit, int signed) {
    int middle = signed == 1 ? 0 : 1 << (bits - 1);
    return DicomWriter.chest(syntax)
        .picture(WIDTH, HEIGHT, 1, 16, bits, "MONOCHROME2")
        .shorts(Tag.HIGH_BIT, highBit)
        .shorts(Tag.PIXEL_REPRESENTATION, signed)
        .text(0x0028_1050, "DS", Integer.toString(middle))
        .text(0x0028_1051, "DS", Integer.toString(1 << bits));
  }

  private static short[] numbers(int bits, boolean signed) {
    short[] numbers = new short[WIDTH * HEIGHT];
    for (int i = 0; i < numbers.length; i++) {
      int number = shade(i) * ((1 << bits) - 1) / 255;
      numbers[i] = (short) (signed ? number - (1 << (bits - 1)) : number);
    }
    return numbers;
  }

  /** The name in the left upper corner, on what gets brighter downwards. */
  private static int shade(int pixel) {
    int scale = 3;
    int column = (pixel % WIDTH - 20) / scale;
    int row = (pixel / WIDTH - 15) / scale;
    boolean within =
        pixel % WIDTH >= 20
            && pixel / WIDTH >= 15
            && row < NAME.size()
            && column < NAME.get(0).length();
    return within && NAME.get(row).charAt(column) == '#' ? INK : ground(pixel);
  }

  private static int ground(int pixel) {
    return 60 + pixel / WIDTH / 2;
  }

  private static byte[] shownFrom(int pixel, byte[] file) throws Exception {
    byte[] pixels = show(file).pixels();
    return Arrays.copyOfRange(pixels, pixel, pixels.length);
  }

  private static GrayImage show(byte[] file) throws Exception {
    Image image = reader.read(file).part().views().get(0).image();
    return ((Image.Deferred) image).reader().read();
  }
}
