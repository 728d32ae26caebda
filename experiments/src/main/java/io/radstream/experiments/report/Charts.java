package io.radstream.experiments.report;

import io.radstream.experiments.plan.Initialisation;
import io.radstream.experiments.plan.Ratios;
import io.radstream.experiments.plan.Target;
import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Figure 2 (AUC over label ratios, a line for each row) and Figures 4 to 7 (AUC of each finding, a
 * bar for each row) of the paper.
 */
record Charts(Matrix matrix) {

  private static final int WIDTH = 900;
  private static final int WIDTH_OF_FINDING = 90;
  private static final int HEIGHT = 480;
  private static final double PERCENT = 100;
  private static final double STEP = 10;

  /** By name of the file, without what tells its kind. */
  Map<String, Chart<?, ?>> all() {
    Map<String, Chart<?, ?>> charts = new LinkedHashMap<>();
    for (Target target : matrix.experiment().targets()) {
      List<Column> columns =
          matrix.columns().stream().filter(column -> column.target().equals(target)).toList();
      if (columns.size() > 1 && drawable(columns)) {
        charts.put("label-ratios-" + target.name(), ratios(target, columns));
      }
    }
    for (Column column : matrix.columns()) {
      if (column.target().findings().size() > 1 && drawable(List.of(column))) {
        charts.put("findings-" + column.slug(), findings(column));
      }
    }
    return charts;
  }

  /** What a chart shows, for those who do not see it. */
  static String shown(Chart<?, ?> chart) {
    return "%s: %s".formatted(chart.getTitle(), chart.getYAxisTitle());
  }

  private boolean drawable(List<Column> columns) {
    return columns.stream()
        .anyMatch(
            column ->
                matrix.rows().stream()
                    .anyMatch(row -> matrix.entry(row, column).mean().isPresent()));
  }

  private Chart<?, ?> ratios(Target target, List<Column> columns) {
    CategoryChart chart = chart(target.title(), "share of labels, %", WIDTH);
    chart.setYAxisTitle(
        matrix.experiment().repeats() > 1
            ? "mean AUC, %; bars: ± SD over repeats"
            : chart.getYAxisTitle());
    chart.getStyler().setYAxisMin(lowest(columns));
    chart.getStyler().setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
    // Else the points of a ratio stand beside each other.
    chart.getStyler().setOverlapped(true);
    List<Column> rising =
        columns.stream().sorted((a, b) -> Double.compare(a.ratio(), b.ratio())).toList();
    List<String> labels = rising.stream().map(column -> Ratios.percent(column.ratio())).toList();
    for (Initialisation row : matrix.rows()) {
      add(
          chart,
          row,
          labels,
          rising.stream()
              .<Number>map(column -> percent(matrix.entry(row, column).mean().orElse(Double.NaN)))
              .toList(),
          rising.stream()
              .<Number>map(column -> percent(deviation(matrix.entry(row, column))))
              .toList());
    }
    return chart;
  }

  private static double deviation(Entry entry) {
    return Spread.deviation(entry.values()).orElse(0);
  }

  /** The ten per cent below all that is drawn: lines, other than bars, are not read from zero. */
  private double lowest(List<Column> columns) {
    double lowest =
        columns.stream()
            .flatMap(column -> matrix.rows().stream().map(row -> matrix.entry(row, column)))
            .filter(entry -> entry.mean().isPresent())
            .mapToDouble(entry -> percent(entry.mean().orElseThrow() - deviation(entry)))
            .min()
            .orElse(0);
    return Math.max(0, Math.min(PERCENT - STEP, Math.floor(lowest / STEP) * STEP));
  }

  private Chart<?, ?> findings(Column column) {
    List<String> findings = column.target().findings();
    CategoryChart chart =
        chart(column.title(), "", Math.max(WIDTH, WIDTH_OF_FINDING * findings.size()));
    chart.getStyler().setXAxisLabelRotation(45);
    for (Initialisation row : matrix.rows()) {
      Entry entry = matrix.entry(row, column);
      if (!entry.byFinding().isEmpty()) {
        add(
            chart,
            row,
            findings,
            IntStream.range(0, findings.size())
                .<Number>mapToObj(i -> percent(entry.byFinding().get(i).orElse(Double.NaN)))
                .toList(),
            List.of());
      }
    }
    return chart;
  }

  /**
   * A row without a figure anywhere would leave the axis without a range.
   *
   * @param errors half the length of each value's bar; empty for none. A row with gaps has none:
   *     XChart takes a bar for a value only
   */
  private static void add(
      CategoryChart chart,
      Initialisation row,
      List<String> labels,
      List<Number> values,
      List<Number> errors) {
    List<Number> known = values.stream().filter(value -> !isGap(value)).toList();
    if (known.size() == values.size()) {
      chart.addSeries(row.title(), labels, values, errors.isEmpty() ? null : errors);
    } else if (!known.isEmpty()) {
      chart.addSeries(
          row.title(),
          labels,
          values.stream().map(value -> isGap(value) ? null : value).toList(),
          null);
    }
  }

  private static boolean isGap(Number value) {
    return Double.isNaN(value.doubleValue());
  }

  private static double percent(double share) {
    return share * PERCENT;
  }

  private static CategoryChart chart(String title, String below, int width) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(width)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(below)
            .yAxisTitle("AUC, %")
            .build();
    CategoryStyler styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setYAxisMax(PERCENT);
    styler.setYAxisMin(0.0);
    styler.setYAxisDecimalPattern("0");
    styler.setPlotGridVerticalLinesVisible(false);
    return chart;
  }
}
