package io.radstream.producers.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.deidentification.pixels.PictureGuard.Treatment;
import io.radstream.producers.dicom.DicomWriter;
import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.dicom.examination.BodyParts;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of a device that is known to write into the first and last 80 of its 2,592 rows. */
class BlankedPicturesTest {

  private static final int WIDTH = 32;
  private static final int HEIGHT = 2592;
  private static final int WRITTEN_ROWS = 80;
  private static final String RUN_LENGTHS = "1.2.840.10008.1.2.5";

  private final FileDeidentifier deidentifier =
      new FileDeidentifier(Site.rules(Treatment.BLANK, Optional.of(BodyParts.CHEST)));

  @AfterEach
  void close() {
    deidentifier.close();
  }

  @Test
  void shouldMakeBlackWhereADeviceWritesAndKeepEveryOtherNumber() throws Exception {
    // Given
    short[] cells = new short[WIDTH * HEIGHT];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) (100 + i / WIDTH);
    }
    byte[] file = canon(DicomWriter.BIG_ENDIAN).gray16(WIDTH, HEIGHT, 12, cells).file();

    // When
    Deidentified instance = deidentifier.deidentify(file);

    // Then
    int[] stored = Site.header(instance).unsignedShorts(Tag.PIXEL_DATA);
    assertThat(stored).hasSize(cells.length);
    for (int i = 0; i < stored.length; i++) {
      int row = i / WIDTH;
      boolean black = row < WRITTEN_ROWS || row >= HEIGHT - WRITTEN_ROWS;
      assertThat(stored[i]).isEqualTo(black ? 100 : 100 + row);
    }
    assertThat(instance.audit()).containsEntry("picture.blanked", 1L);
  }

  @Test
  void shouldUnpackACompressedPictureThatItMustChange() throws Exception {
    // Given: turned gray, where the highest number is black
    byte[] file =
        canon(RUN_LENGTHS)
            .picture(WIDTH, HEIGHT, 1, 8, 8, "MONOCHROME1")
            .fragments(new int[0], runLengths())
            .file();

    // When
    Dataset header = Site.header(deidentifier.deidentify(file));

    // Then
    byte[] stored = new byte[WIDTH * HEIGHT];
    header.bytes(Tag.PIXEL_DATA).orElseThrow().get(stored);
    assertThat(stored[0]).isEqualTo((byte) 250);
    assertThat(stored[(HEIGHT - 1) * WIDTH]).isEqualTo((byte) 250);
    assertThat(stored[WRITTEN_ROWS * WIDTH]).isEqualTo((byte) (WRITTEN_ROWS % 251));
    assertThat(header.text(Tag.PHOTOMETRIC_INTERPRETATION)).contains("MONOCHROME1");
  }

  @Test
  void shouldKeepACompressedPictureAsItIsWhereNothingIsOnIt() throws Exception {
    // Given
    byte[] packed = runLengths();
    byte[] file =
        DicomWriter.chest(RUN_LENGTHS)
            .picture(WIDTH, HEIGHT, 1, 8, 8, "MONOCHROME2")
            .fragments(new int[] {0}, packed)
            .file();

    // When
    Deidentified instance = deidentifier.deidentify(file);

    // Then
    ByteBuffer piece = Site.header(instance).fragments(Tag.PIXEL_DATA).get(1);
    assertThat(piece).isEqualTo(ByteBuffer.wrap(packed));
    assertThat(instance.syntax().uid()).isEqualTo(RUN_LENGTHS);
  }

  /** A file keeps its size, and what can be read in it. */
  @Test
  void shouldBlankSmallTextInALargePicture() throws Exception {
    // Given
    List<String> name =
        List.of(
            "#...#.#####.#.....#####.#####.#...#",
            "#...#...#...#.......#...#.....##..#",
            "#...#...#...#.......#...#.....#.#.#",
            "#####...#...#.......#...####..#..##",
            "#...#...#...#.......#...#.....#...#",
            "#...#...#...#.......#...#.....#...#",
            "#...#.#####.#####.#####.#####.#...#");
    int width = 2200;
    int height = 300;
    int left = 40;
    int top = 30;
    short[] cells = new short[width * height];
    Arrays.fill(cells, (short) 400);
    for (int y = 0; y < name.size(); y++) {
      for (int x = 0; x < name.get(y).length(); x++) {
        if (name.get(y).charAt(x) == '#') {
          cells[(top + y) * width + left + x] = 3900;
        }
      }
    }
    byte[] file = DicomWriter.chest(DicomWriter.EXPLICIT).gray16(width, height, 12, cells).file();

    // When
    Deidentified instance = deidentifier.deidentify(file);

    // Then
    assertThat(instance.audit()).containsEntry("picture.blanked", 1L);
    assertThat(Site.header(instance).unsignedShorts(Tag.PIXEL_DATA)).doesNotContain(3900);
  }

  private static DicomWriter canon(String syntax) {
    return DicomWriter.chest(syntax)
        .text(Tag.MANUFACTURER, "LO", "Canon Inc.")
        .text(Tag.MODEL_NAME, "LO", "CXDI");
  }

  /** A row of each number from 0 to 250, again and again. */
  private static byte[] runLengths() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    bytes.writeBytes(header.putInt(0, 1).putInt(4, 64).array());
    for (int row = 0; row < HEIGHT; row++) {
      bytes.writeBytes(new byte[] {(byte) (1 - WIDTH), (byte) (row % 251)});
    }
    return bytes.toByteArray();
  }
}
