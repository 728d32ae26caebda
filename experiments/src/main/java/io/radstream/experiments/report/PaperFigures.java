package io.radstream.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.radstream.experiments.plan.Initialisation;
import io.radstream.experiments.plan.Ratios;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Tables 1 to 3 of the paper, AUC in per cent. */
final class PaperFigures {

  private final JsonNode tables;

  private PaperFigures(JsonNode tables) {
    this.tables = tables;
  }

  static PaperFigures read() {
    try (InputStream in = PaperFigures.class.getResourceAsStream("paper.yaml")) {
      return new PaperFigures(new YAMLMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty where the paper has no such row, data set or label ratio. */
  Optional<Double> auc(Initialisation row, Column column) {
    if (row.paper().isEmpty() || column.target().paper().isEmpty()) {
      return Optional.empty();
    }
    return number("methods", row.paper().get(), column);
  }

  /**
   * p-value of a table.
   *
   * @param table as {@link io.radstream.experiments.plan.Comparison#paper()} names it
   */
  Optional<Double> p(String table, Column column) {
    return column.target().paper().isEmpty() ? Optional.empty() : number("p", table, column);
  }

  private Optional<Double> number(String kind, String row, Column column) {
    JsonNode value =
        tables
            .path(kind)
            .path(row)
            .path(column.target().paper().orElseThrow())
            .path(Ratios.percent(column.ratio()));
    return value.isNumber() ? Optional.of(value.asDouble()) : Optional.empty();
  }
}
