package io.radstream.producers.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.deidentification.pixels.PictureGuard.Treatment;
import io.radstream.producers.dicom.DicomWriter;
import io.radstream.producers.dicom.Encoders;
import io.radstream.producers.dicom.Encoders.Way;
import io.radstream.producers.dicom.PictureRule;
import io.radstream.producers.dicom.RadiographReader;
import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.StudyPart.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Text in every place that compressed pixel data has beside the picture. */
class CompressedCanariesTest {

  private static final String CANARY = "BUKOLIMINA";
  private static final int WIDTH = 48;
  private static final int HEIGHT = 40;
  private static final String JPEG_BASELINE = "1.2.840.10008.1.2.4.50";
  private static final String ENCAPSULATED_NATIVE = "1.2.840.10008.1.2.1.98";
  private static final String RUN_LENGTHS = "1.2.840.10008.1.2.5";
  private static final int JPEG_COMMENT = 0xFFFE;
  private static final int EXIF = 0xFFE1;
  private static final int JPEG_2000_COMMENT = 0xFF64;

  private static FileDeidentifier deidentifier;

  @BeforeAll
  static void open(@TempDir(cleanup = CleanupMode.NEVER) Path directory) throws Exception {
    Encoders.load(directory);
    deidentifier = new FileDeidentifier(Site.rules(Treatment.REFUSE, Optional.empty()));
  }

  @AfterAll
  static void close() {
    if (deidentifier != null) {
      deidentifier.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void shouldTakeOutCommentsAndWhatIsBehindTheEnd(Way way) throws Exception {
    // Given: a comment cut in two by the border of fragments
    byte[] clean = Encoders.encode(way, WIDTH, HEIGHT, cells());
    byte[] told = way == Way.JPEG_2000 ? told2000(clean) : toldJpeg(clean);
    byte[] behind = ascii(CANARY);
    DicomWriter plain = gray(way.syntax(), 12).fragments(new int[0], clean);
    DicomWriter planted =
        gray(way.syntax(), 12)
            .fragments(
                new int[] {0},
                Arrays.copyOf(told, told.length / 4 * 2),
                Arrays.copyOfRange(told, told.length / 4 * 2, told.length),
                behind);

    // When
    Deidentified instance = deidentifier.deidentify(planted.file());

    // Then
    assertClean(instance);
    assertThat(instance.syntax().uid()).isEqualTo(way.syntax());
    assertThat(Site.header(instance).fragments(Tag.PIXEL_DATA)).hasSize(2);
    assertThat(shown(Site.bytes(instance))).isEqualTo(shown(plain.file()));
  }

  @Test
  void shouldTakeOutWhatACameraWrites() throws Exception {
    // Given
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setSamples(0, 0, WIDTH, HEIGHT, 0, ramp());
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpg", jpeg);
    byte[] clean = jpeg.toByteArray();

    // When
    Deidentified instance =
        deidentifier.deidentify(
            gray(JPEG_BASELINE, 8).fragments(new int[0], toldJpeg(clean)).file());

    // Then
    assertClean(instance);
    assertThat(instance.syntax().uid()).isEqualTo(JPEG_BASELINE);
    assertThat(shown(Site.bytes(instance)))
        .isEqualTo(shown(gray(JPEG_BASELINE, 8).fragments(new int[0], clean).file()));
  }

  @Test
  void shouldWritePicturesUncompressedThatAreNotUnderstood() throws Exception {
    // Given: a reserved marker within, which a decoder passes over
    byte[] clean = Encoders.encode(Way.JPEG_2000, WIDTH, HEIGHT, cells());
    byte[] odd = with(clean, firstAfterSize(clean), segment(0xFF6F, CANARY));

    // When
    Deidentified instance =
        deidentifier.deidentify(gray(Way.JPEG_2000.syntax(), 12).fragments(new int[0], odd).file());

    // Then
    assertClean(instance);
    assertThat(instance.syntax().uid()).isEqualTo(DicomWriter.EXPLICIT);
    assertThat(shown(Site.bytes(instance)))
        .isEqualTo(shown(gray(DicomWriter.EXPLICIT, 12).gray16(WIDTH, HEIGHT, 12, cells()).file()));
  }

  @Test
  void shouldTakeOutPiecesThatBelongToNoPictureAndTablesOfPlaces() throws Exception {
    // Given
    byte[] packed = Encoders.encode(Way.JPEG_LS, WIDTH, HEIGHT, cells());
    int[] table = ints(ascii(CANARY + "XX"));
    byte[] file =
        gray(Way.JPEG_LS.syntax(), 12)
            .text(Tag.NUMBER_OF_FRAMES, "IS", "3")
            .bytes(0x7FE0_0001, "OV", ascii(CANARY + "XXXXXX"))
            .bytes(0x7FE0_0003, "UV", ascii(CANARY.substring(0, 8)))
            .fragments(table, packed, packed, packed)
            .file();
    byte[] more =
        gray(Way.JPEG_LS.syntax(), 12)
            .text(Tag.NUMBER_OF_FRAMES, "IS", "2")
            .fragments(new int[0], packed, packed, ascii(CANARY))
            .file();

    // When
    Deidentified tables = deidentifier.deidentify(file);
    Deidentified pieces = deidentifier.deidentify(more);

    // Then
    assertClean(tables);
    assertThat(places(Site.header(tables))).containsExactly(0, padded(packed), 2 * padded(packed));
    assertClean(pieces);
    assertThat(Site.header(pieces).fragments(Tag.PIXEL_DATA)).hasSize(3);
    assertThat(shown(Site.bytes(pieces))).isEqualTo(shown(more));
  }

  @Test
  void shouldTakeOutWhatIsBesideRunLengths() throws Exception {
    // Given: in the header, between segments, and behind them
    ByteArrayOutputStream runs = new ByteArrayOutputStream();
    ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    int size = HEIGHT * 2;
    header.putInt(2).putInt(64 + 12).putInt(64 + 12 + size + 12);
    header.position(40);
    runs.writeBytes(header.put(ascii(CANARY)).array());
    for (int segment = 0; segment < 2; segment++) {
      runs.writeBytes(ascii(CANARY + "XX"));
      for (int row = 0; row < HEIGHT; row++) {
        runs.writeBytes(new byte[] {(byte) (1 - WIDTH), (byte) (segment == 0 ? row % 8 : row)});
      }
    }
    runs.writeBytes(ascii(CANARY));
    byte[] file = gray(RUN_LENGTHS, 12).fragments(new int[0], runs.toByteArray()).file();

    // When
    Deidentified instance = deidentifier.deidentify(file);

    // Then
    assertClean(instance);
    assertThat(instance.syntax().uid()).isEqualTo(RUN_LENGTHS);
    assertThat(shown(Site.bytes(instance))).isEqualTo(shown(file));
  }

  @Test
  void shouldTakeOutWhatALastRunHoldsMore() throws Exception {
    // Given: a run of letters of which the picture needs one
    ByteArrayOutputStream runs = new ByteArrayOutputStream();
    ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    runs.writeBytes(header.putInt(1).putInt(64).array());
    for (int row = 0; row < HEIGHT - 1; row++) {
      runs.writeBytes(new byte[] {(byte) (1 - WIDTH), (byte) row});
    }
    runs.writeBytes(new byte[] {(byte) (2 - WIDTH), 1});
    runs.write(CANARY.length());
    runs.writeBytes(ascii("A" + CANARY));
    byte[] file = gray(RUN_LENGTHS, 8).fragments(new int[0], runs.toByteArray()).file();

    // When
    Deidentified instance = deidentifier.deidentify(file);

    // Then
    assertClean(instance);
    assertThat(instance.syntax().uid()).isEqualTo(DicomWriter.EXPLICIT);
    assertThat(shown(Site.bytes(instance))).isEqualTo(shown(file));
  }

  @Test
  void shouldTakeOutWhatIsBehindAPictureThatIsOnlyWrapped() throws Exception {
    // Given
    byte[] cells = new byte[WIDTH * HEIGHT];
    ByteArrayOutputStream more = new ByteArrayOutputStream();
    more.writeBytes(cells);
    more.writeBytes(ascii(CANARY));
    byte[] file = gray(ENCAPSULATED_NATIVE, 8).fragments(new int[0], more.toByteArray()).file();

    // When
    Deidentified instance = deidentifier.deidentify(file);

    // Then
    assertClean(instance);
    assertThat(Site.header(instance).fragments(Tag.PIXEL_DATA).get(1).remaining())
        .isEqualTo(cells.length);
  }

  @Test
  void shouldTakeOutWhatIsBehindTheEndOfText() throws Exception {
    // Given: what was in a sender's memory
    byte[] file =
        DicomWriter.chest(DicomWriter.EXPLICIT)
            .text(0x0018_5101, "CS", "PA\0" + CANARY)
            .text(0x0008_0070, "LO", "Maker\0" + CANARY + "\\" + CANARY)
            .gray8(WIDTH, HEIGHT, new byte[WIDTH * HEIGHT])
            .file();

    // When
    Deidentified instance = deidentifier.deidentify(file);

    // Then
    assertClean(instance);
    assertThat(Site.header(instance).text(0x0018_5101)).contains("PA");
    assertThat(Site.header(instance).text(0x0008_0070)).contains("Maker");
  }

  private static void assertClean(Deidentified instance) throws Exception {
    assertThat(new String(Site.bytes(instance), StandardCharsets.ISO_8859_1))
        .doesNotContain(CANARY.substring(0, 8));
  }

  /** With a comment, a camera's data, a comment between the coded pixels and the end. */
  private static byte[] toldJpeg(byte[] jpeg) {
    byte[] begun = with(jpeg, 2, segment(JPEG_COMMENT, CANARY));
    begun = with(begun, 2, segment(EXIF, "Exif\0\0" + CANARY));
    int end = begun.length;
    while (begun[end - 1] != (byte) 0xD9 || begun[end - 2] != (byte) 0xFF) {
      end--;
    }
    byte[] late = with(begun, end - 2, segment(JPEG_COMMENT, CANARY));
    return with(late, late.length, ascii(CANARY));
  }

  private static byte[] told2000(byte[] jpeg2000) {
    byte[] begun = with(jpeg2000, firstAfterSize(jpeg2000), segment(JPEG_2000_COMMENT, CANARY));
    return with(begun, begun.length, ascii(CANARY));
  }

  /** Behind the segment that JPEG 2000 begins with. */
  private static int firstAfterSize(byte[] jpeg2000) {
    return 4 + ByteBuffer.wrap(jpeg2000).getShort(4);
  }

  private static byte[] segment(int marker, String content) {
    ByteBuffer segment = ByteBuffer.allocate(4 + content.length());
    return segment
        .putShort((short) marker)
        .putShort((short) (2 + content.length()))
        .put(ascii(content))
        .array();
  }

  private static byte[] with(byte[] bytes, int at, byte[] inserted) {
    return ByteBuffer.allocate(bytes.length + inserted.length)
        .put(bytes, 0, at)
        .put(inserted)
        .put(bytes, at, bytes.length - at)
        .array();
  }

  private static int padded(byte[] packed) {
    return 8 + packed.length + packed.length % 2;
  }

  private static List<Integer> places(Dataset header) {
    return Arrays.stream(ints(bytes(header.fragments(Tag.PIXEL_DATA).get(0)))).boxed().toList();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static int[] ints(byte[] bytes) {
    int[] ints = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(ints);
    return ints;
  }

  private static DicomWriter gray(String syntax, int bits) {
    return DicomWriter.chest(syntax)
        .text(0x0028_1050, "DS", "2048")
        .text(0x0028_1051, "DS", "4096")
        .picture(WIDTH, HEIGHT, 1, bits > 8 ? 16 : 8, bits, "MONOCHROME2");
  }

  private static short[] cells() {
    short[] cells = new short[WIDTH * HEIGHT];
    for (int i = 0; i < cells.length; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH;
      cells[i] = (short) (2000 + 1500 * Math.sin(x / 9.0) * Math.cos(y / 7.0));
    }
    return cells;
  }

  private static int[] ramp() {
    int[] ramp = new int[WIDTH * HEIGHT];
    Arrays.setAll(ramp, i -> i % WIDTH * 4);
    return ramp;
  }

  private static byte[] shown(byte[] file) throws Exception {
    try (RadiographReader reader =
        new RadiographReader(Site.NAMES, BodyParts.ANY, PictureRule.NONE)) {
      Image image = reader.read(file).part().views().get(0).image();
      return ((Image.Deferred) image).reader().read().pixels();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
