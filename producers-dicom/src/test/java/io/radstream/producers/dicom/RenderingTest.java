package io.radstream.producers.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.radiology.image.GrayImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RenderingTest {

  private static final int WIDTH = RenderedImage.WIDTH;
  private static final int HEIGHT = RenderedImage.HEIGHT;

  private static RadiographReader reader;

  @BeforeAll
  static void open() {
    reader = new RadiographReader(new StudyNames(""), BodyParts.CHEST, PictureRule.NONE);
  }

  @AfterAll
  static void close() {
    reader.close();
  }

  static Stream<RenderedImage> images() {
    return RenderedImage.all().stream();
  }

  /** Its gray levels are kept as text; benchmarks/reference/dicom-rendering makes them. */
  @ParameterizedTest
  @MethodSource("images")
  void shouldShowWhatDcmtkHasShown(RenderedImage image) throws Exception {
    // Given
    String name = "/dcmtk/" + image.name() + ".txt";
    int[] expected;
    try (InputStream kept = RenderingTest.class.getResourceAsStream(name)) {
      expected = levels(new String(kept.readAllBytes(), StandardCharsets.US_ASCII), 0);
    }

    // When
    GrayImage shown = show(image.file());

    // Then
    assertWithinOneLevel(shown, expected);
  }

  @ParameterizedTest
  @MethodSource("images")
  void shouldShowWhatTheDcmtkOfThisMachineShows(RenderedImage image, @TempDir Path directory)
      throws Exception {
    // Given
    Path file = Files.write(directory.resolve("image.dcm"), image.file());
    int[] expected = levels(dcmtk(image, file), 3);

    // When
    GrayImage shown = show(image.file());

    // Then
    assertWithinOneLevel(shown, expected);
  }

  @Test
  void shouldShowAnExactWindowAsTheStandardHasIt() throws Exception {
    // Given: 1000 to 3000 are shown; what is at the middle is half
    short[] cells = new short[WIDTH * HEIGHT];
    cells[0] = 1000;
    cells[1] = 2000;
    cells[2] = 3000;
    cells[3] = 1500;
    byte[] file =
        window(gray(cells), "2000", "2000").text(0x0028_1056, "CS", "LINEAR_EXACT").file();

    // When
    GrayImage shown = show(file);

    // Then
    assertThat(row(shown, 5)).containsExactly(0, 128, 255, 64, 0);
  }

  /** Dcmtk leaves every window out that is narrower than 1; the standard only a linear one. */
  @ParameterizedTest
  @CsvSource({
    "SIGMOID, 2000.5, 0.5, 0, 5, 250, 255",
    "SIGMOID, 2000, 0.25, 0, 128, 255, 255",
    "SIGMOID, 2000, 0.9, 3, 128, 252, 255",
    "SIGMOID, 2000, 1e-300, 0, 128, 255, 255",
    "LINEAR_EXACT, 2000.25, 0.75, 0, 43, 255, 255",
    "LINEAR_EXACT, 2000, 1e-300, 0, 128, 255, 255"
  })
  void shouldShowWindowsNarrowerThanOneByTheFormulasOfTheStandard(
      String function, String centre, String width, int first, int second, int third, int fourth)
      throws Exception {
    // Given
    short[] cells = new short[WIDTH * HEIGHT];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) (1999 + i);
    }
    byte[] file = window(gray(cells), centre, width).text(0x0028_1056, "CS", function).file();

    // When
    GrayImage shown = show(file);

    // Then
    assertThat(row(shown, 4)).containsExactly(first, second, third, fourth);
  }

  @ParameterizedTest
  @CsvSource({"LINEAR, 0.9", "SIGMOID, 0", "LINEAR_EXACT, -1", "SIGMOID, -0.5"})
  void shouldShowBetweenPercentilesWhereAWindowIsNone(String function, String width)
      throws Exception {
    // Given
    short[] cells = new short[WIDTH * HEIGHT];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) (1000 + i);
    }
    byte[] file = window(gray(cells), "1100", width).text(0x0028_1056, "CS", function).file();

    // When
    GrayImage shown = show(file);

    // Then
    assertThat(shown.pixels()).isEqualTo(show(gray(cells).file()).pixels());
  }

  @Test
  void shouldShowBetweenPercentilesWhereThereIsNoWindow() throws Exception {
    // Given: one pixel far brighter and one far darker than all others
    short[] cells = new short[WIDTH * HEIGHT];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) (1000 + i);
    }
    cells[0] = 0;
    cells[1] = 4095;
    byte[] file = gray(cells).file();

    // When
    GrayImage shown = show(file);

    // Then
    assertThat(row(shown, 2)).containsExactly(0, 255);
    assertThat(shown.at(WIDTH / 2, HEIGHT / 2)).isBetween(125, 135);
    assertThat(shown.at(WIDTH - 1, HEIGHT - 2)).isGreaterThan(240);
  }

  @Test
  void shouldShowPaddingBlackAndLeaveItOutOfPercentiles() throws Exception {
    // Given: white where it is 0, padded with 4000 to 4095
    short[] cells = new short[WIDTH * HEIGHT];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = i < cells.length / 2 ? (short) (4000 + i % 96) : (short) (100 + i % 100);
    }
    byte[] file =
        gray(cells)
            .text(0x0028_0004, "CS", "MONOCHROME1")
            .shorts(0x0028_0120, 4095)
            .shorts(0x0028_0121, 4000)
            .file();

    // When
    GrayImage shown = show(file);

    // Then
    assertThat(row(shown, WIDTH)).containsOnly(0);
    // Pixel 700 of 1280 is as dark as 100, and so white.
    assertThat(shown.pixels()[700] & 0xFF).isGreaterThan(250);
    assertThat(shown.pixels()[699] & 0xFF).isLessThan(5);
  }

  @Test
  void shouldPreferTheTableOfAHeaderToItsWindow() throws Exception {
    // Given: a table that turns everything black
    DicomWriter black = new DicomWriter(DicomWriter.EXPLICIT);
    black.shorts(0x0028_3002, 2, 0, 8).shorts(0x0028_3006, 0, 0);
    short[] cells = new short[WIDTH * HEIGHT];
    Arrays.fill(cells, (short) 3000);
    byte[] file = window(gray(cells), "2000", "100").sequence(0x0028_3010, false, black).file();

    // When
    GrayImage shown = show(file);

    // Then
    assertThat(row(shown, WIDTH)).containsOnly(0);
  }

  @Test
  void shouldMakePixelsSquare() throws Exception {
    // Given: rows are twice as far from each other as columns
    short[] cells = new short[2 * WIDTH * HEIGHT];
    byte[] file =
        window(
                DicomWriter.chest(DicomWriter.EXPLICIT).gray16(2 * WIDTH, HEIGHT, 12, cells),
                "2000",
                "4000")
            .text(0x0028_0034, "IS", "2\\1")
            .file();

    // When
    GrayImage shown = show(file);

    // Then
    assertThat(List.of(shown.width(), shown.height())).containsExactly(WIDTH, HEIGHT);
  }

  @Test
  void shouldShowTheFirstOfSeveralFramesAndSayHowManyItLeftOut() throws Exception {
    // Given: a second one that is white
    byte[] cells = new byte[2 * WIDTH * HEIGHT];
    Arrays.fill(cells, WIDTH * HEIGHT, cells.length, (byte) 255);
    byte[] file =
        DicomWriter.chest(DicomWriter.EXPLICIT)
            .gray8(WIDTH, HEIGHT, cells)
            .text(0x0028_0008, "IS", "2")
            .file();

    // When
    Instance instance = reader.read(file);

    // Then
    assertThat(instance.part().audit()).containsEntry(RadiographReader.FRAMES_LEFT_OUT, 1L);
    assertThat(row(show(instance), WIDTH)).containsOnly(0);
  }

  private static DicomWriter gray(short[] cells) {
    return DicomWriter.chest(DicomWriter.EXPLICIT).gray16(WIDTH, HEIGHT, 12, cells);
  }

  private static DicomWriter window(DicomWriter image, String centre, String width) {
    return image.text(0x0028_1050, "DS", centre).text(0x0028_1051, "DS", width);
  }

  static GrayImage show(byte[] file) throws Exception {
    return show(reader.read(file));
  }

  private static GrayImage show(Instance instance) throws Exception {
    Image image = instance.part().views().get(0).image();
    return ((Image.Deferred) image).reader().read();
  }

  private static int[] row(GrayImage image, int pixels) {
    int[] levels = new int[pixels];
    Arrays.setAll(levels, i -> image.pixels()[i] & 0xFF);
    return levels;
  }

  private static void assertWithinOneLevel(GrayImage shown, int[] expected) {
    assertThat(shown.pixels()).hasSameSizeAs(expected);
    List<String> others = new ArrayList<>();
    for (int i = 0; i < expected.length; i++) {
      int level = shown.pixels()[i] & 0xFF;
      if (Math.abs(level - expected[i]) > 1) {
        others.add("pixel %d is %d, not %d".formatted(i, level, expected[i]));
      }
    }
    assertThat(others).isEmpty();
  }

  private static String dcmtk(RenderedImage image, Path file) throws Exception {
    List<String> command = new ArrayList<>(List.of("dcmj2pnm", "+opb"));
    command.addAll(image.options());
    command.add(file.toString());
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      return Assumptions.abort("dcmtk is not installed: nothing to compare with");
    }
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(process.waitFor()).isZero();
    return printed.replaceAll("#[^\\n]*", "").replaceFirst("P2", "");
  }

  /**
   * @param headers numbers before the first level
   */
  private static int[] levels(String text, int headers) {
    return Arrays.stream(text.strip().split("\\s+"))
        .skip(headers)
        .mapToInt(Integer::parseInt)
        .toArray();
  }
}
