package io.radstream.producers.dicom.pixels;

import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.publish.RefusedStudyException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What gray each stored number is shown as: by the modality's table or rescaling, then by the
 * header's table of values of interest, else its window, else, for up to 8 bits, as it is, and for
 * more, between two percentiles of the picture.
 */
final class GrayTable {

  /** Of the pixels, these shares are shown black and white. */
  private static final double DARKEST = 0.005;

  private static final double BRIGHTEST = 0.995;
  private static final int WHITE = 255;

  private final Dataset header;
  private final PixelFormat format;
  private final double[] numbers;
  private final boolean[] padding;

  GrayTable(Dataset header, PixelFormat format) throws RefusedStudyException {
    this.header = header;
    this.format = format;
    DoubleUnaryOperator modality = modality();
    this.numbers =
        IntStream.range(0, format.codes()).mapToDouble(format::value).map(modality).toArray();
    this.padding = padding();
  }

  /** Code to gray. */
  byte[] table(Supplier<int[]> histogram) throws RefusedStudyException {
    DoubleUnaryOperator shown = shown(histogram);
    boolean turned = isTurned();
    byte[] table = new byte[numbers.length];
    for (int code = 0; code < table.length; code++) {
      long gray = Math.round(WHITE * shown.applyAsDouble(numbers[code]));
      // What pads a picture is no part of it, and background is black, turned or not.
      table[code] = padding[code] ? 0 : (byte) (turned ? WHITE - gray : gray);
    }
    return table;
  }

  /**
   * The shape of a presentation LUT is what gray goes through last, and says by itself which end is
   * white; by the standard it says the same as the photometric interpretation. A header may differ.
   */
  private boolean isTurned() {
    return switch (header.text(Tag.PRESENTATION_LUT_SHAPE).orElse("")) {
      case "IDENTITY" -> false;
      case "INVERSE" -> true;
      default -> format.photometric() == Photometric.MONOCHROME1;
    };
  }

  private DoubleUnaryOperator modality() throws RefusedStudyException {
    List<Dataset> tables = header.items(Tag.MODALITY_LUT_SEQUENCE);
    if (!tables.isEmpty()) {
      return LookupTable.of(tables.get(0), format.signed())::at;
    }
    double given = header.decimal(Tag.RESCALE_SLOPE).orElse(1);
    double slope = given == 0 ? 1 : given;
    double intercept = header.decimal(Tag.RESCALE_INTERCEPT).orElse(0);
    return number -> number * slope + intercept;
  }

  private DoubleUnaryOperator shown(Supplier<int[]> histogram) throws RefusedStudyException {
    List<Dataset> tables = header.items(Tag.VOI_LUT_SEQUENCE);
    if (!tables.isEmpty()) {
      return LookupTable.of(tables.get(0), hasNegative())::share;
    }
    Optional<Window> window = Window.of(header);
    if (window.isPresent()) {
      return window.get()::share;
    }
    return format.bitsStored() <= Byte.SIZE ? whole()::share : percentiles(histogram.get())::share;
  }

  private boolean hasNegative() {
    return Arrays.stream(numbers).anyMatch(number -> number < 0);
  }

  private Window whole() {
    double least = Arrays.stream(numbers).min().orElse(0);
    double most = Arrays.stream(numbers).max().orElse(0);
    return Window.between(least, most);
  }

  private Window percentiles(int[] counts) {
    List<Integer> codes =
        IntStream.range(0, counts.length)
            .filter(code -> counts[code] > 0 && !padding[code])
            .boxed()
            .sorted((a, b) -> Double.compare(numbers[a], numbers[b]))
            .toList();
    long total = codes.stream().mapToLong(code -> counts[code]).sum();
    return Window.between(
        quantile(codes, counts, DARKEST * total), quantile(codes, counts, BRIGHTEST * total));
  }

  private double quantile(List<Integer> codes, int[] counts, double rank) {
    long passed = 0;
    double number = 0;
    for (int code : codes) {
      number = numbers[code];
      passed += counts[code];
      if (passed >= rank) {
        break;
      }
    }
    return number;
  }

  private boolean[] padding() {
    boolean[] result = new boolean[format.codes()];
    int[] value = header.unsignedShorts(Tag.PIXEL_PADDING_VALUE);
    if (value.length == 0) {
      return result;
    }
    int[] limit = header.unsignedShorts(Tag.PIXEL_PADDING_RANGE_LIMIT);
    int one = number(value[0]);
    int other = limit.length == 0 ? one : number(limit[0]);
    for (int code = 0; code < result.length; code++) {
      int stored = format.value(code);
      result[code] = stored >= Math.min(one, other) && stored <= Math.max(one, other);
    }
    return result;
  }

  private int number(int sixteenBits) {
    return format.signed() ? (short) sixteenBits : sixteenBits;
  }
}
