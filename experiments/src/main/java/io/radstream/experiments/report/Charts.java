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

  private boolean drawable(List<Column> columns) {
    return columns.stream()
        .anyMatch(
            column ->
                matrix.rows().stream()
                    .anyMatch(row -> matrix.entry(row, column).mean().isPresent()));
  }

  private Chart<?, ?> ratios(Target target, List<Column> columns) {
    CategoryChart chart = chart(target.title(), "labels, %", WIDTH);
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
              .toList());
    }
    return chart;
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
                .toList());
      }
    }
    return chart;
  }

  /** A row without a figure anywhere would leave the axis without a range. */
  private static void add(
      CategoryChart chart, Initialisation row, List<String> labels, List<Number> values) {
    if (values.stream().anyMatch(value -> !Double.isNaN(value.doubleValue()))) {
      chart.addSeries(
          row.title(),
          labels,
          values.stream().map(value -> Double.isNaN(value.doubleValue()) ? null : value).toList());
    }
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
