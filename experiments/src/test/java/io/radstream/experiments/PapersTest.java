package io.radstream.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.experiments.file.ExperimentReader;
import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.Plan;
import io.radstream.experiments.plan.Ratios;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of the paper's tables are experiments, and cover the tables. */
class PapersTest {

  private static final Path PAPERS = Path.of("papers");

  static List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(PAPERS)) {
      return files.sorted().toList();
    }
  }

  private static Plan plan(Path file) throws Exception {
    return Plan.of(new ExperimentReader().read(file));
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldPlanEachFile(Path file) throws Exception {
    Plan plan = plan(file);

    assertThat(plan.cells()).isNotEmpty();
    assertThat(plan.experiment().comparison()).isPresent();
    // phantoms-ablation.yaml goes on with the experiment of phantoms.yaml.
    assertThat(file.getFileName().toString())
        .startsWith(plan.experiment().name().replace('.', '-'))
        .endsWith(".yaml");
  }

  @ParameterizedTest
  @CsvSource({
    "table1-nih.yaml, 6, 3",
    "table1-vbd.yaml, 6, 3",
    "table1-small.yaml, 6, 3",
    "table2-nih.yaml, 3, 3",
    "table2-vbd.yaml, 3, 3",
    "table2-small.yaml, 3, 3",
    "table3.yaml, 7, 1",
  })
  void shouldHaveThePapersRowsAndColumns(String file, int rows, int columns) throws Exception {
    Plan plan = plan(PAPERS.resolve(file));

    assertThat(plan.experiment().initialisations()).hasSize(rows);
    assertThat(plan.experiment().repeats()).isEqualTo(3);
    assertThat(plan.cells()).hasSize(rows * columns * 3);
  }

  @Test
  void shouldNameOnlyRowsAndDataSetsThatThePaperHas() throws Exception {
    String paper =
        new String(
            PapersTest.class
                .getResourceAsStream("/io/radstream/experiments/report/paper.yaml")
                .readAllBytes(),
            StandardCharsets.UTF_8);
    for (Path file : files()) {
      for (Cell cell : plan(file).cells()) {
        cell.initialisation()
            .paper()
            .ifPresent(row -> assertThat(paper).contains("  " + row + ":"));
        cell.target()
            .paper()
            .ifPresent(
                set ->
                    assertThat(paper)
                        .containsPattern(set + ": \\{.*\"" + Ratios.percent(cell.ratio()) + "\":"));
      }
    }
  }
}
