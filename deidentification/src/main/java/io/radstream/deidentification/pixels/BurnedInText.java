package io.radstream.deidentification.pixels;

import io.radstream.radiology.image.AreaResize;
import io.radstream.radiology.image.GrayImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks for text at the margins of a picture: three or more characters in a row, bright on dark or
 * dark on bright, upright or on their side. One or two, as lead markers have, pass. Then once more
 * for what is small and faint, in the picture with its soft shades evened out: four or more, since
 * in there many a thing looks like a letter. A large picture is looked at reduced: what cannot be
 * read there cannot be read in what is published, unless that is the picture in its full size, for
 * which {@link #findAlsoSmall} is. Thread-safe.
 */
public final class BurnedInText {

  /** Longest side of what is looked at, in pixels. */
  private static final int LONGEST = 1024;

  /** Parts of a picture's side that are margin. */
  private static final double MARGIN = 0.2;

  /** Of a letter, in pixels. */
  private static final int SMALLEST = 6;

  /** Around a pixel, whose mean is evened out: in pixels, and as a part of the longer side. */
  private static final int SMALLEST_RADIUS = 12;

  private static final double RADIUS = 12 / 512.0;

  private static final int STEP = 20;
  private static final int WHITE = 255;

  /** Of a letter that is seen in a picture of so many pixels, but not in one of half as many. */
  private static final int TALLEST_SMALL = 14;

  private static final Search STRONG = new Search(24, 224, 0.09, 3, 1.1);
  private static final Search FAINT = new Search(152, 212, 0.04, 4, 1.1);

  /**
   * @param first threshold that divides ink from ground
   * @param last of the thresholds
   * @param tallest of a letter, as a part of the longer side
   * @param fewestLetters in a row
   * @param widestGap between letters, in heights of a letter
   */
  private record Search(int first, int last, double tallest, int fewestLetters, double widestGap) {}

  /** Where text stands, in pixels of the picture; empty where none was found. */
  public List<Region> find(GrayImage image) {
    GrayImage small = reduced(image, LONGEST);
    Band band = margins(small);
    double factor = image.longestSide() / (double) small.longestSide();
    List<Region> upright = new ArrayList<>();
    List<Region> onTheirSide = new ArrayList<>();
    for (GrayImage picture : List.of(small, negative(small))) {
      look(STRONG, picture, band, upright, onTheirSide);
    }
    int radius = Math.max(SMALLEST_RADIUS, (int) Math.round(RADIUS * small.longestSide()));
    GrayImage even = new Evening(small, radius).image();
    for (GrayImage picture : List.of(even, negative(even))) {
      look(FAINT, picture, band, upright, onTheirSide);
    }
    return Stream.concat(
            whole(upright, small), whole(onTheirSide, transposed(small)).map(Region::transposed))
        .map(region -> grown(region, factor))
        .toList();
  }

  /**
   * The same, and letters of {@value #SMALLEST} pixels or more of the picture in its full size,
   * where they are strong. Takes as many times longer as the picture is larger.
   */
  public List<Region> findAlsoSmall(GrayImage image) {
    List<Region> regions = new ArrayList<>(find(image));
    for (long longest = 2L * LONGEST; longest < 2L * image.longestSide(); longest *= 2) {
      GrayImage picture = reduced(image, (int) Math.min(longest, image.longestSide()));
      double factor = image.longestSide() / (double) picture.longestSide();
      small(picture).map(region -> grown(region, factor)).forEach(regions::add);
    }
    return regions;
  }

  private static Stream<Region> small(GrayImage image) {
    Band band = margins(image);
    List<Region> upright = new ArrayList<>();
    List<Region> onTheirSide = new ArrayList<>();
    for (GrayImage picture : List.of(image, negative(image))) {
      look(STRONG, TALLEST_SMALL, picture, band, upright, onTheirSide);
    }
    return Stream.concat(
        whole(upright, image), whole(onTheirSide, transposed(image)).map(Region::transposed));
  }

  private static Band margins(GrayImage image) {
    return new Band(
        image.width(),
        image.height(),
        (int) (MARGIN * image.width()),
        (int) (MARGIN * image.height()));
  }

  private static Stream<Region> whole(List<Region> rows, GrayImage image) {
    if (rows.isEmpty()) {
      return Stream.empty();
    }
    LineEnds ends = new LineEnds(image);
    return rows.stream().distinct().map(ends::of).distinct();
  }

  private static Region grown(Region region, double factor) {
    int margin = (int) Math.ceil(factor * Math.min(region.width(), region.height()) / 2);
    return region.scaled(factor, margin);
  }

  private static void look(
      Search search, GrayImage image, Band band, List<Region> upright, List<Region> onTheirSide) {
    int tallest = Math.max(2 * SMALLEST, (int) (search.tallest() * image.longestSide()));
    look(search, tallest, image, band, upright, onTheirSide);
  }

  private static void look(
      Search search,
      int tallest,
      GrayImage image,
      Band band,
      List<Region> upright,
      List<Region> onTheirSide) {
    TextRows rows = new TextRows(SMALLEST, tallest, search.fewestLetters(), search.widestGap());
    Components components = new Components(image, band, SMALLEST, tallest);
    for (int level = search.first(); level <= search.last(); level += STEP) {
      List<Component> found = components.above(level);
      upright.addAll(rows.of(found));
      List<Component> turned = found.stream().map(Component::transposed).toList();
      onTheirSide.addAll(rows.of(turned));
    }
  }

  private static GrayImage reduced(GrayImage image, int longest) {
    double factor = longest / (double) image.longestSide();
    if (factor >= 1) {
      return image;
    }
    int width = Math.max(1, (int) Math.round(image.width() * factor));
    int height = Math.max(1, (int) Math.round(image.height() * factor));
    return AreaResize.to(image, width, height);
  }

  private static GrayImage transposed(GrayImage image) {
    byte[] pixels = new byte[image.pixels().length];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        pixels[x * image.height() + y] = image.pixels()[y * image.width() + x];
      }
    }
    return new GrayImage(image.height(), image.width(), pixels);
  }

  private static GrayImage negative(GrayImage image) {
    byte[] pixels = new byte[image.pixels().length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (WHITE - (image.pixels()[i] & 0xFF));
    }
    return new GrayImage(image.width(), image.height(), pixels);
  }
}
