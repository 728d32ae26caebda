package io.radstream.cli.boxes;

import io.radstream.evaluation.boxes.Localization;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * The figures.
 *
 * @param rows for each finding and map
 * @param leftOut boxes of findings that the checkpoint does not score
 */
public record BoxReport(String checkpointId, double threshold, List<Row> rows, int leftOut) {

  /**
   * @param finding all of them together under the name all
   * @param map middle for the picture's middle, with a box of the mean size of those drawn
   */
  public record Row(String finding, String map, Localization figures) {}

  public void print(PrintWriter out) {
    String line = "%-16s %-12s %9s %9s %9s %9s%n";
    out.printf(Locale.ROOT, line, "finding", "map", "pictures", "pointed", "mean IoU", "IoU>=0.5");
    for (Row row : rows) {
      Localization figures = row.figures();
      out.printf(
          Locale.ROOT,
          line,
          row.finding(),
          row.map(),
          figures.pictures(),
          "%.3f".formatted(figures.pointed()),
          "%.3f".formatted(figures.overlap()),
          "%.3f".formatted(figures.halfMet()));
    }
    if (leftOut > 0) {
      out.printf("%d boxes are of findings that the checkpoint does not score%n", leftOut);
    }
    out.flush();
  }
}
