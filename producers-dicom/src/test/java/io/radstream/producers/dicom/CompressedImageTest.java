package io.radstream.producers.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.radstream.producers.dicom.Encoders.Way;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.radiology.image.GrayImage;
import io.radstream.schemas.RejectionReason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressedImageTest {

  private static final int WIDTH = 48;
  private static final int HEIGHT = 40;

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
  @EnumSource(Way.class)
  void shouldShowWhatTheUncompressedImageShows(Way way) throws Exception {
    // Given
    short[] cells = cells();
    GrayImage expected = show(window(DicomWriter.EXPLICIT).gray16(WIDTH, HEIGHT, 12, cells).file());
    byte[] file = compressed(way, Encoders.encode(way, WIDTH, HEIGHT, cells)).file();

    // When
    GrayImage shown = show(file);

    // Then: of lossy 12 bits, one in 16 steps of a level is lost
    int most = 0;
    for (int i = 0; i < shown.pixels().length; i++) {
      int difference = (shown.pixels()[i] & 0xFF) - (expected.pixels()[i] & 0xFF);
      most = Math.max(most, Math.abs(difference));
    }
    assertThat(most).isLessThanOrEqualTo(way == Way.JPEG_12_BITS ? 3 : 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"JPEG_LS", "JPEG_LOSSLESS"})
  void shouldTakeNumbersFromWhereTheHeaderSaysThatTheyAre(Way way) throws Exception {
    // Given: ten bits, above two others
    short[] cells = cells();
    short[] numbers = new short[cells.length];
    for (int i = 0; i < cells.length; i++) {
      numbers[i] = (short) (cells[i] >> 2);
    }
    byte[] file =
        window(way.syntax())
            .picture(WIDTH, HEIGHT, 1, 16, 10, "MONOCHROME2")
            .shorts(0x0028_0102, 11)
            .fragments(new int[0], Encoders.encode(way, WIDTH, HEIGHT, cells))
            .file();

    // When
    GrayImage shown = show(file);

    // Then
    GrayImage expected =
        show(window(DicomWriter.EXPLICIT).gray16(WIDTH, HEIGHT, 10, numbers).file());
    assertThat(shown.pixels()).isEqualTo(expected.pixels());
  }

  @Test
  void shouldShowABaselineJpegAsItsValues() throws Exception {
    // Given
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setSample(0, 0, 0, 0);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        picture.getRaster().setSample(x, y, 0, 4 * x);
      }
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpg", jpeg);
    byte[] file =
        DicomWriter.chest("1.2.840.10008.1.2.4.50")
            .picture(WIDTH, HEIGHT, 1, 8, 8, "MONOCHROME1")
            .fragments(new int[0], jpeg.toByteArray())
            .file();

    // When
    GrayImage shown = show(file);

    // Then
    assertThat(shown.at(0, 20)).isBetween(250, 255);
    assertThat(shown.at(WIDTH - 1, 20)).isBetween(255 - 4 * WIDTH, 255 - 4 * WIDTH + 8);
  }

  @Test
  void shouldJoinTheFragmentsOfAPicture() throws Exception {
    // Given
    byte[] whole = Encoders.encode(Way.JPEG_2000, WIDTH, HEIGHT, cells());
    int half = whole.length / 4 * 2;
    byte[] file =
        window(Way.JPEG_2000.syntax())
            .picture(WIDTH, HEIGHT, 1, 16, 12, "MONOCHROME2")
            .fragments(
                new int[] {0},
                Arrays.copyOf(whole, half),
                Arrays.copyOfRange(whole, half, whole.length))
            .file();

    // When
    GrayImage shown = show(file);

    // Then
    GrayImage expected = show(compressed(Way.JPEG_2000, whole).file());
    assertThat(shown.pixels()).isEqualTo(expected.pixels());
  }

  @Test
  void shouldTakeTheFragmentsOfTheFirstFrameByTheirTable() throws Exception {
    // Given: a first frame in two fragments, a second in one
    short[] black = new short[WIDTH * HEIGHT];
    byte[] first = Encoders.encode(Way.JPEG_LS, WIDTH, HEIGHT, cells());
    byte[] second = Encoders.encode(Way.JPEG_LS, WIDTH, HEIGHT, black);
    int half = first.length / 4 * 2;
    byte[] rest = Arrays.copyOfRange(first, half, first.length);
    int start = 8 + half + 8 + rest.length + rest.length % 2;
    byte[] file =
        window(Way.JPEG_LS.syntax())
            .picture(WIDTH, HEIGHT, 1, 16, 12, "MONOCHROME2")
            .text(0x0028_0008, "IS", "2")
            .fragments(new int[] {0, start}, Arrays.copyOf(first, half), rest, second)
            .file();

    // When
    GrayImage shown = show(file);

    // Then
    GrayImage expected = show(compressed(Way.JPEG_LS, first).file());
    assertThat(shown.pixels()).isEqualTo(expected.pixels());
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void shouldRefuseAPictureOfAnotherSizeThanTheHeaderSays(Way way) {
    // Given: it would fill other memory than was asked for
    byte[] packed = Encoders.encode(way, WIDTH, HEIGHT, cells());
    byte[] file =
        window(way.syntax())
            .picture(WIDTH + 1, HEIGHT, 1, 16, 12, "MONOCHROME2")
            .fragments(new int[0], packed)
            .file();

    // When
    RefusedStudyException refusal =
        catchThrowableOfType(RefusedStudyException.class, () -> show(file));

    // Then
    assertThat(refusal.reason()).isEqualTo(RejectionReason.UNDECODABLE_IMAGE);
    assertThat(refusal).hasMessageContaining("another size");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void shouldShowOrRefuseDamagedPicturesAndThenGoOn(Way way) throws Exception {
    // Given
    byte[] packed = Encoders.encode(way, WIDTH, HEIGHT, cells());
    GrayImage expected = show(compressed(way, packed).file());
    SplittableRandom random = new SplittableRandom(17);

    // When
    for (int i = 0; i < 60; i++) {
      byte[] damaged = packed.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      showOrRefuse(compressed(way, damaged).file());
      showOrRefuse(compressed(way, Arrays.copyOf(packed, random.nextInt(packed.length))).file());
    }

    // Then
    assertThat(show(compressed(way, packed).file()).pixels()).isEqualTo(expected.pixels());
  }

  private static void showOrRefuse(byte[] file) throws Exception {
    try {
      assertThat(show(file).pixels()).hasSize(WIDTH * HEIGHT);
    } catch (RefusedStudyException e) {
      assertThat(e.reason())
          .isIn(RejectionReason.UNDECODABLE_IMAGE, RejectionReason.INVALID_RECORD);
    }
  }

  private static DicomWriter compressed(Way way, byte[] packed) {
    return window(way.syntax())
        .picture(WIDTH, HEIGHT, 1, 16, 12, "MONOCHROME2")
        .fragments(new int[0], packed);
  }

  private static DicomWriter window(String syntax) {
    return DicomWriter.chest(syntax)
        .text(0x0028_1050, "DS", "2048")
        .text(0x0028_1051, "DS", "4096");
  }

  /** Smooth, as radiographs are. */
  private static short[] cells() {
    short[] cells = new short[WIDTH * HEIGHT];
    for (int i = 0; i < cells.length; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH;
      cells[i] = (short) (2000 + 1500 * Math.sin(x / 9.0) * Math.cos(y / 7.0));
    }
    return cells;
  }

  private static GrayImage show(byte[] file) throws Exception {
    Image image = reader.read(file).part().views().get(0).image();
    return ((Image.Deferred) image).reader().read();
  }
}
