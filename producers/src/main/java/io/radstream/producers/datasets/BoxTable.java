package io.radstream.producers.datasets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Boxes that readers have drawn, as published: {@code BBox_List_2017.csv} of NIH ChestX-ray14, or
 * {@code train.csv} of the VinBigData competition.
 */
public record BoxTable(Path file, Form form) {

  /** Which of the two. */
  public enum Form {
    NIH,
    VINBIGDATA;

    /** Picture and finding, then the box. */
    private List<String> columns() {
      return switch (this) {
        case NIH -> List.of("Image Index", "Finding Label", "Bbox [x", "y", "w", "h]");
        case VINBIGDATA -> List.of("image_id", "class_name", "x_min", "y_min", "x_max", "y_max");
      };
    }
  }

  /**
   * A box, in pixels of the picture as published.
   *
   * @param picture name of its file; of VinBigData without an ending
   * @param finding as labels of the set are named on the topic
   */
  public record Drawn(
      String picture, String finding, double left, double top, double width, double height) {}

  /**
   * All boxes, in the table's order; rows without a box are left out.
   *
   * @throws IOException where the table cannot be read; the message says what to do
   */
  public List<Drawn> read() throws IOException {
    List<Drawn> boxes = new ArrayList<>();
    new TableFile(file).csv(form.columns(), row -> add(row, boxes));
    return List.copyOf(boxes);
  }

  private void add(TableRow row, List<Drawn> boxes) throws DatasetException {
    double[] sides = new double[4];
    for (int i = 0; i < sides.length; i++) {
      String cell = row.get(form.columns().get(2 + i));
      if (cell.isEmpty()) {
        return;
      }
      sides[i] = Numbers.finite(cell);
    }
    // VinBigData has the far corner where NIH has width and height.
    double width = form == Form.NIH ? sides[2] : sides[2] - sides[0];
    double height = form == Form.NIH ? sides[3] : sides[3] - sides[1];
    if (width <= 0 || height <= 0) {
      throw new DatasetException("a box has no area");
    }
    boxes.add(
        new Drawn(
            row.get(form.columns().get(0)),
            FindingNames.of(row.get(form.columns().get(1))),
            sides[0],
            sides[1],
            width,
            height));
  }
}
