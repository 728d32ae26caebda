package io.radstream.experiments.report;

import io.radstream.evaluation.Bootstrap;
import io.radstream.experiments.plan.Plan;
import io.radstream.experiments.results.ResultFiles;
import io.radstream.experiments.results.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * Tables and figures of what is done of an experiment: {@code report.md}, {@code table.csv}, {@code
 * findings.csv}, and each figure as SVG and PNG. The same results give the same bytes on the same
 * machine; figures on another one may use other fonts.
 */
public final class ExperimentReport {

  private final Plan plan;
  private final ResultFiles files;
  private final Bootstrap bootstrap;

  public ExperimentReport(Plan plan, ResultFiles files, Bootstrap bootstrap) {
    this.plan = plan;
    this.files = files;
    this.bootstrap = bootstrap;
  }

  /**
   * Writes all of it; files of the same names are replaced.
   *
   * @return cells that have no result
   */
  public List<String> write(Path directory) throws IOException {
    Matrix matrix = Matrix.read(plan, files, bootstrap);
    PaperFigures paper = PaperFigures.read();
    Map<String, String> pictures = new LinkedHashMap<>();
    for (Map.Entry<String, Chart<?, ?>> chart : new Charts(matrix).all().entrySet()) {
      draw(chart.getValue(), directory, chart.getKey());
      pictures.put(chart.getKey() + ".svg", Charts.shown(chart.getValue()));
    }
    CsvReport csv = new CsvReport(matrix, paper);
    write(directory.resolve("table.csv"), csv.entries());
    write(directory.resolve("findings.csv"), csv.findings());
    write(directory.resolve("report.md"), new MarkdownReport(matrix, paper, pictures).text());
    return matrix.missing();
  }

  private static void draw(Chart<?, ?> chart, Path directory, String name) throws IOException {
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    VectorGraphicsEncoder.saveVectorGraphic(chart, svg, VectorGraphicsFormat.SVG);
    WholeFile.write(directory.resolve(name + ".svg"), svg.toByteArray());
    WholeFile.write(
        directory.resolve(name + ".png"), BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG));
  }

  private static void write(Path file, String text) throws IOException {
    WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
