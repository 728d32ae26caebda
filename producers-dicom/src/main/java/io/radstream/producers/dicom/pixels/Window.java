package io.radstream.producers.dicom.pixels;

import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;
import java.util.Optional;

/** Which numbers are shown, from black to white: PS3.3 C.11.2.1.2 and C.11.2.1.3. */
record Window(Function function, double centre, double width) {

  enum Function {
    LINEAR,
    LINEAR_EXACT,
    SIGMOID
  }

  /** The first window of a header. */
  static Optional<Window> of(Dataset header) {
    double[] centres = header.decimals(Tag.WINDOW_CENTER);
    double[] widths = header.decimals(Tag.WINDOW_WIDTH);
    if (centres.length == 0 || widths.length == 0) {
      return Optional.empty();
    }
    Function function =
        switch (header.text(Tag.VOI_LUT_FUNCTION).orElse("")) {
          case "SIGMOID" -> Function.SIGMOID;
          case "LINEAR_EXACT" -> Function.LINEAR_EXACT;
          default -> Function.LINEAR;
        };
    double least = function == Function.LINEAR ? 1 : Double.MIN_VALUE;
    return widths[0] >= least
        ? Optional.of(new Window(function, centres[0], widths[0]))
        : Optional.empty();
  }

  /** From the darkest number to the brightest. */
  static Window between(double darkest, double brightest) {
    double width = Math.max(Double.MIN_NORMAL, brightest - darkest);
    return new Window(Function.LINEAR_EXACT, darkest + width / 2, width);
  }

  /** From 0, black, to 1, white. */
  double share(double number) {
    double share =
        switch (function) {
          // As the standard has it: half a number off, and one narrower.
          case LINEAR -> linear(number - (centre - 0.5), width - 1);
          case LINEAR_EXACT -> linear(number - centre, width);
          case SIGMOID -> 1 / (1 + Math.exp(-4 * (number - centre) / width));
        };
    return Math.max(0, Math.min(1, share));
  }

  private static double linear(double offset, double width) {
    if (offset <= -width / 2) {
      return 0;
    }
    return offset > width / 2 ? 1 : offset / width + 0.5;
  }
}
