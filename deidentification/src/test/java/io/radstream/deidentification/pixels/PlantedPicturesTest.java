package io.radstream.deidentification.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Writes on real pictures of children's chests, which have text on few, and counts what is found.
 * With {@code -Dradstream.planted=40} so many times for each size and contrast, rather than twice.
 */
class PlantedPicturesTest {

  private static final Path DATA = Path.of(System.getProperty("radstream.data", ""));
  private static final int TIMES = Integer.getInteger("radstream.planted", 2);
  private static final int[] SIZES = {8, 10, 12, 16, 24, 32};
  private static final int[] CONTRASTS = {40, 60, 90, 140, 200};
  private static final int[] SMALL_HEIGHTS = {8, 10, 12, 14};
  private static final int[] FAINT_CONTRASTS = {40, 60, 90};

  /** Of a font, in heights of its capital letters. */
  private static final double SIZE_OF_A_CAPITAL = 1.38;

  private static final int SURE_SIZE = 10;
  private static final int SURE_CONTRAST = 140;
  private static final double MOST_LEFT = 0.15;
  private static final Pattern PICTURE = Pattern.compile("\\.(jpe?g|png)$");

  private static final List<String> TEXTS =
      List.of("SMITH JOHN", "12345678", "Doe, Jane 1960", "MRN 0047", "HOSPITAL", "12.03.2020");

  private final BurnedInText detector = new BurnedInText();

  @Test
  void shouldMissFewOfStrongTextsAndFindFewWhereThereAreNone() throws IOException {
    Path folder = DATA.resolve("pneumonia/test");
    assumeTrue(Files.isDirectory(folder), "the paediatric radiographs are not here");
    List<GrayImage> pictures = pictures(folder);
    List<GrayImage> clean = pictures.stream().filter(it -> detector.find(it).isEmpty()).toList();
    int strong = 0;
    int missed = 0;
    int partly = 0;

    for (int size : SIZES) {
      for (int contrast : CONTRASTS) {
        int found = 0;
        int left = 0;
        for (int i = 0; i < TIMES; i++) {
          CounterRandom random = CounterRandom.of(7, "plant", size, contrast, i);
          GrayImage picture = clean.get(random.nextInt(clean.size()));
          GrayImage planted = planted(picture, size, contrast, random);
          List<Region> text = detector.find(planted);
          found += text.isEmpty() ? 0 : 1;
          left += !text.isEmpty() && inkLeft(picture, planted, text) > MOST_LEFT ? 1 : 0;
        }
        System.out.printf(
            "size %d, contrast %d: %d of %d found, of %d of these some is left by blanking%n",
            size, contrast, found, TIMES, left);
        if (size >= SURE_SIZE && contrast >= SURE_CONTRAST) {
          strong += TIMES;
          missed += TIMES - found;
          partly += left;
        }
      }
    }

    System.out.printf("text on %d of %d%n", pictures.size() - clean.size(), pictures.size());
    assertThat(partly).isLessThanOrEqualTo(strong / 20);
    assertThat(missed).isLessThanOrEqualTo(Math.max(1, strong / 20));
    assertThat(clean).hasSizeGreaterThan(pictures.size() * 8 / 10);
  }

  @Test
  void shouldFindTextOnAThirdOfAPublicCollection() throws IOException {
    Path folder = DATA.resolve("studies/images");
    assumeTrue(TIMES > 2 && Files.isDirectory(folder), "only where it is measured");
    List<GrayImage> pictures = pictures(folder);

    long found = pictures.stream().filter(it -> !detector.find(it).isEmpty()).count();

    System.out.printf("text on %d of %d of a public collection%n", found, pictures.size());
    // All that were found show words, looked at by eye.
    assertThat(found).isBetween(pictures.size() * 28L / 100, pictures.size() * 36L / 100);
  }

  @Test
  void shouldFindMostOfSmallFaintTextOnAPublicCollection() throws IOException {
    Path folder = DATA.resolve("studies/images");
    assumeTrue(TIMES > 2 && Files.isDirectory(folder), "only where it is measured");
    List<GrayImage> clean =
        pictures(folder).stream().filter(it -> detector.find(it).isEmpty()).toList();

    int all = 0;
    for (int contrast : FAINT_CONTRASTS) {
      int found = 0;
      for (int height : SMALL_HEIGHTS) {
        for (int i = 0; i < TIMES; i++) {
          CounterRandom random = CounterRandom.of(11, "small", height, contrast, i);
          GrayImage picture = clean.get(random.nextInt(clean.size()));
          int size = (int) Math.round(height * SIZE_OF_A_CAPITAL);
          found += detector.find(planted(picture, size, contrast, random)).isEmpty() ? 0 : 1;
        }
      }
      System.out.printf(
          "small text, contrast %d: %d of %d found%n",
          contrast, found, TIMES * SMALL_HEIGHTS.length);
      all += found;
    }

    int planted = TIMES * SMALL_HEIGHTS.length * FAINT_CONTRASTS.length;
    assertThat(all).isGreaterThan(planted * 9 / 10);
  }

  /** Which part of what was written is not in any of the regions. */
  private static double inkLeft(GrayImage before, GrayImage planted, List<Region> text) {
    int ink = 0;
    int left = 0;
    for (int i = 0; i < planted.pixels().length; i++) {
      if (planted.pixels()[i] != before.pixels()[i]) {
        int x = i % planted.width();
        int y = i / planted.width();
        ink++;
        left += text.stream().noneMatch(region -> has(region, x, y)) ? 1 : 0;
      }
    }
    return left / (double) Math.max(1, ink);
  }

  private static boolean has(Region region, int x, int y) {
    return x >= region.x() && x < region.right() && y >= region.y() && y < region.bottom();
  }

  private static List<GrayImage> pictures(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(it -> PICTURE.matcher(it.toString()).find()).sorted().toList();
      int every = TIMES > 2 ? 1 : 12;
      return Stream.iterate(0, i -> i < all.size(), i -> i + every)
          .map(i -> read(all.get(i)))
          .toList();
    }
  }

  private static GrayImage read(Path file) {
    try {
      return new ImageDecoder().decode(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In a corner, so many gray levels brighter or darker than what is there. */
  private static GrayImage planted(GrayImage image, int size, int contrast, CounterRandom random) {
    BufferedImage canvas =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] pixels = ((DataBufferByte) canvas.getRaster().getDataBuffer()).getData();
    System.arraycopy(image.pixels(), 0, pixels, 0, pixels.length);
    Graphics2D pen = canvas.createGraphics();
    boolean smooth = random.nextBoolean();
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING,
        smooth ? RenderingHints.VALUE_TEXT_ANTIALIAS_ON : RenderingHints.VALUE_TEXT_ANTIALIAS_OFF);
    String family = List.of(Font.SANS_SERIF, Font.SERIF, Font.MONOSPACED).get(random.nextInt(3));
    pen.setFont(new Font(family, random.nextBoolean() ? Font.BOLD : Font.PLAIN, size));
    String text = TEXTS.get(random.nextInt(TEXTS.size()));
    int width = Math.min(image.width() - 8, pen.getFontMetrics().stringWidth(text));
    int left = random.nextBoolean() ? 4 : image.width() - width - 4;
    int base = random.nextBoolean() ? size + 2 : image.height() - size / 3 - 3;
    int ground = mean(image, left, base - size * 3 / 4, width, size * 3 / 4);
    int shade = ground + contrast <= 255 ? ground + contrast : Math.max(0, ground - contrast);
    pen.setColor(new Color(shade, shade, shade));
    pen.drawString(text, left, base);
    pen.dispose();
    return new GrayImage(image.width(), image.height(), pixels);
  }

  private static int mean(GrayImage image, int left, int top, int width, int height) {
    long sum = 0;
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        sum += image.at(x, y);
      }
    }
    return (int) (sum / ((long) width * height));
  }
}
