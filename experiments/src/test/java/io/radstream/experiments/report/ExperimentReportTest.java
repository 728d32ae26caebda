package io.radstream.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.evaluation.Bootstrap;
import io.radstream.experiments.SmallExperiment;
import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.Plan;
import io.radstream.experiments.results.CellResult;
import io.radstream.experiments.results.ResultFiles;
import io.radstream.experiments.results.TestedStudy;
import io.radstream.experiments.results.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables and figures of results whose figures are known. */
class ExperimentReportTest {

  private static final Bootstrap BOOTSTRAP = new Bootstrap(1, 50, 0.95);

  @TempDir private Path folder;
  private final Plan plan = SmallExperiment.plan();

  /** Sure of what is there in the better rows, guessing by half in the others. */
  private void write(Cell cell, double guessing) throws Exception {
    Random random = new Random(cell.seed());
    List<TestedStudy> studies = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      boolean present = i % 2 == 0;
      double score = (present ? 0.6 : 0.4) * (1 - guessing) + random.nextDouble() * guessing;
      studies.add(
          TestedStudy.of(
              "s" + i,
              "p" + i / 2,
              new float[] {present ? 1 : 0, Float.NaN},
              new float[] {(float) score, 0.5F}));
    }
    new ResultFiles(folder)
        .write(
            new CellResult(
                cell.name(),
                cell.fingerprint(),
                cell.line(),
                new TrainedNetwork("run", "checkpoint", "directory", 3),
                cell.target().findings(),
                studies));
  }

  private List<String> report(Path to) throws Exception {
    return new ExperimentReport(plan, new ResultFiles(folder), BOOTSTRAP).write(to);
  }

  private void writeAll() throws Exception {
    for (Cell cell : plan.cells()) {
      write(cell, cell.initialisation().name().equals("refers") ? 0 : 0.9);
    }
  }

  @Test
  void shouldLayTheTableOutAsThePapers() throws Exception {
    writeAll();
    Path report = folder.resolve("report");

    assertThat(report(report)).isEmpty();

    String text = Files.readString(report.resolve("report.md"));
    assertThat(text)
        .contains("| Method | NIH (1 %) | NIH (100 %) |")
        .contains(
            "| Our REFERS | **100.0** ± 0.0 [100.0, 100.0] | **100.0** ± 0.0 [100.0, 100.0] |")
        .contains("| Our REFERS, in the paper | 76.7 | 84.7 |")
        .contains("| ImageNet, in the paper | 69.8 | 80.0 |")
        .contains("| p-value, in the paper | 8.35e-04 | 1.94e-03 |")
        .contains("independent two-sample t-test between Our REFERS and the best of the others")
        .doesNotContain("From scratch, in the paper")
        .doesNotContain("Unfinished")
        .containsPattern("\\| p-value \\| \\d\\.\\d\\de-\\d\\d \\|");
    // Nobody knows of masses.
    assertThat(text)
        .contains("Judged on 40 studies of 20 patients (test).")
        .contains("| effusion | 20, 20 | 100.0 |")
        .contains("| mass | 0, 0 | – | – | – |");
    assertThat(Files.readAllLines(report.resolve("findings.csv")))
        .contains("refers,chest,1.0,effusion,1.000000,20,20");
    assertThat(Files.readAllLines(report.resolve("table.csv")))
        .hasSize(1 + 6)
        .contains(
            "refers,chest,1.0,2,2,20,1.000000,0.000000,1.000000,1.000000,"
                + p(report)
                + ",0.847000");
  }

  private static String p(Path report) throws Exception {
    return Files.readAllLines(report.resolve("table.csv")).stream()
        .filter(line -> line.startsWith("refers,chest,1.0"))
        .map(line -> line.split(",", -1)[10])
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldDrawEachFigureTwice() throws Exception {
    writeAll();
    Path report = folder.resolve("report");
    report(report);

    for (String figure : List.of("label-ratios-chest", "findings-chest-1", "findings-chest-100")) {
      assertThat(Files.readString(report.resolve(figure + ".svg"))).contains("<svg");
      assertThat(ImageIO.read(report.resolve(figure + ".png").toFile()).getHeight()).isEqualTo(480);
      assertThat(Files.readString(report.resolve("report.md"))).contains("](" + figure + ".svg)");
    }
    assertThat(Files.readString(report.resolve("report.md")))
        .contains("![NIH: mean AUC, %; bars: ± SD over repeats](label-ratios-chest.svg)")
        .contains("![NIH (1 %): AUC, %](findings-chest-1.svg)");
  }

  @Test
  void shouldNameTheFileThatCannotBeWritten() throws Exception {
    writeAll();
    Path table = folder.resolve("report/table.csv");
    Files.createDirectories(table.resolve("in the way"));

    assertThatThrownBy(() -> report(table.getParent()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write %s: ".formatted(table));
  }

  @Test
  void shouldGiveTheSameBytesAgain() throws Exception {
    writeAll();
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    report(first);
    report(second);

    try (Stream<Path> files = Files.list(first)) {
      assertThat(files)
          .hasSize(9)
          .allSatisfy(
              file ->
                  assertThat(file)
                      .hasSameBinaryContentAs(second.resolve(first.relativize(file).toString())));
    }
  }

  @Test
  void shouldLeaveGapsAndSaySo() throws Exception {
    write(plan.cells().get(0), 0);
    Path report = folder.resolve("report");

    assertThat(report(report)).hasSize(11).contains("chest-refers-1-r2");

    assertThat(Files.readString(report.resolve("report.md")))
        .contains("**Unfinished**: 11 cells have no result yet: chest-refers-1-r2")
        .contains("| Our REFERS | **100.0** [100.0, 100.0] * | – |")
        .contains("| p-value | – | – |");
  }

  /** Their second values would be of other repeats: no pair. */
  @Test
  void shouldNotPairRepeatsThatAreNotTheSame() throws Exception {
    Plan three =
        SmallExperiment.plan(
            SmallExperiment.FILE
                .replace("repeats: 2", "repeats: 3")
                .replace("reference: refers,", "reference: refers, test: paired,"));
    for (Cell cell : three.cells()) {
      boolean reference = cell.initialisation().name().equals("refers");
      if (cell.repeat() != (reference ? 3 : 2)) {
        write(cell, reference ? 0.5 : 0.9);
      }
    }

    new ExperimentReport(three, new ResultFiles(folder), BOOTSTRAP).write(folder.resolve("three"));

    assertThat(Files.readString(folder.resolve("three/report.md"))).contains("| p-value | – | – |");
  }

  @Test
  void shouldSayWhichCellsWereTestedOnOtherStudies() throws Exception {
    writeAll();
    ResultFiles files = new ResultFiles(folder);
    CellResult whole = files.cell("chest-scratch-1-r2").orElseThrow();
    files.write(
        new CellResult(
            whole.name(),
            whole.fingerprint(),
            whole.line(),
            whole.network(),
            whole.findings(),
            whole.studies().subList(0, 38)));
    Path report = folder.resolve("report");

    report(report);

    assertThat(Files.readString(report.resolve("report.md")))
        .contains("**Not comparable**: 1 cells were tested on other studies or labels")
        .contains("have changed: chest-scratch-1-r2. Delete");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[]",
        "{\"name\":\"a\",\"fingerprint\":null}",
        "\0\0",
        "{\"name\":"
      })
  void shouldNameAResultThatIsDamaged(String text) throws Exception {
    writeAll();
    Path damaged = folder.resolve("results/chest-refers-1-r1.json");
    Files.writeString(damaged, text);

    assertThatThrownBy(() -> report(folder.resolve("report")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(damaged + " is damaged; delete it");
  }

  @Test
  void shouldTakeResultsOfOtherSettingsForNone() throws Exception {
    writeAll();
    Plan other = SmallExperiment.plan(SmallExperiment.FILE.replace("steps: 3", "steps: 4"));

    assertThat(
            new ExperimentReport(other, new ResultFiles(folder), BOOTSTRAP)
                .write(folder.resolve("other")))
        .hasSize(12);
  }
}
