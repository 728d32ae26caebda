package io.radstream.experiments.file;

import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.Comparison;
import io.radstream.experiments.plan.Experiment;
import io.radstream.experiments.plan.InvalidExperimentException;
import io.radstream.experiments.plan.Origin;
import io.radstream.experiments.plan.Plan;
import io.radstream.experiments.plan.Pretraining;
import io.radstream.experiments.plan.Source;
import io.radstream.experiments.plan.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file means, and what is said where it means nothing. */
class ExperimentReaderTest {

  private static final String FILE =
      """
      name: small
      seed: 7
      sources:
        reports: {phantoms: {studies: 100}}
        labels: {prefix: site.}
      initialisations:
        scratch: {title: From scratch, scratch: {preset: tiny}}
        refers:
          paper: refers
          pretraining: {source: reports, preset: tiny, steps: 10, set: [batch=8]}
          finetuning: batch=4
        longer:
          pretraining: {source: reports, preset: tiny, steps: 5, base: refers}
      targets:
        effusions:
          source: labels
          findings: [effusion, mass]
          steps: 3
      labelRatios: [0.01, 1]
      repeats: 2
      compare: {reference: refers}
      """;

  private static Experiment read(String text) {
    return new ExperimentReader().parse(text);
  }

  @Test
  void shouldReadAnExperiment() {
    Experiment experiment = read(FILE);

    assertThat(experiment.source("reports"))
        .isEqualTo(new Source.Phantoms("small.reports.", 1, 0, 100, 256, 0.1, 0.2));
    assertThat(experiment.source("labels")).isEqualTo(new Source.Topics("site."));
    assertThat(experiment.initialisation("longer").origin())
        .isInstanceOfSatisfying(
            Origin.Pretrained.class,
            recipe -> assertThat(recipe.base()).isEqualTo(Optional.of("refers")));
    assertThat(experiment.initialisation("refers").finetuning()).containsExactly("batch=4");
    assertThat(experiment.targets().get(0).split()).isEqualTo(Target.Split.TEST);
    assertThat(experiment.comparison())
        .contains(new Comparison("refers", Comparison.Test.INDEPENDENT, Optional.empty()));
  }

  @Test
  void shouldReadStudiesOfAFile() {
    Experiment experiment =
        read(
            FILE.replace(
                "{prefix: site.}",
                "{jsonl: {path: test.jsonl, withoutReports: true, validation: 0, test: 1}}"));

    assertThat(experiment.source("labels"))
        .isEqualTo(new Source.JsonLines("small.labels.", "test.jsonl", true, 256, 0, 1));
  }

  @Test
  void shouldPlanEachCellAndEachRecipeAfterItsBase() {
    Plan plan = Plan.of(read(FILE.replace("  scratch: {title", "  a: {title")));

    assertThat(plan.pretrainings())
        .extracting(Pretraining::name)
        .containsExactly("refers", "longer");
    assertThat(plan.cells()).hasSize(3 * 2 * 2);
    assertThat(plan.cells())
        .extracting(Cell::name)
        .startsWith("effusions-a-1-r1", "effusions-a-1-r2", "effusions-refers-1-r1");
    assertThat(plan.cells()).extracting(Cell::line).doesNotHaveDuplicates();
    assertThat(plan.steps()).isEqualTo(10 + 5 + 12 * 3);
  }

  /** The same seed, and so the same patients, for each row: rows differ by nothing else. */
  @Test
  void shouldGiveEachRowOfARepeatTheSameSeed() {
    List<Cell> cells = Plan.of(read(FILE)).cells();

    assertThat(cells).allSatisfy(cell -> assertThat(cell.seed()).isEqualTo(7 + cell.repeat()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "steps: 3 | steps: 4 | 12", // of the target
        "steps: 10 | steps: 11 | 8", // of a recipe, and what stands on it
        "batch=4 | batch=5 | 4", // of one row
        "From scratch | From nothing | 0", // words
        "repeats: 2 | repeats: 3 | 0", // more of them leaves those there are
      })
  void shouldChangeOnlyLinesWhoseWeightsChange(String old, String other, int changed) {
    List<String> before = lines(FILE);
    List<String> after = lines(FILE.replace(old, other));

    assertThat(before.stream().filter(line -> !after.contains(line))).hasSize(changed);
  }

  private static List<String> lines(String text) {
    return Plan.of(read(text)).cells().stream().map(Cell::line).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "repeats: 2 | repaets: 2 | repaets: there is no such key; did you mean repeats?",
        "steps: 5, | stps: 5, | initialisations.longer.pretraining.stps: there is no such key; did you mean steps?",
        "source: labels | source: label | targets.effusions.source: there is no label; did you mean labels?",
        "steps: 3 | steps: none | targets.effusions.steps: not what is expected there (line 18)",
        "steps: 3 | steps: 0 | targets.effusions.steps: is at least 1, and not 0",
        "base: refers | base: scratch | initialisations.longer.pretraining.base: scratch has no checkpoint",
        "base: refers | base: longer | initialisations.longer.pretraining.base: recipes stand on each other in a circle",
        "[0.01, 1] | [0.01, 2] | labelRatios: needs shares above 0 and up to 1",
        "[effusion, mass] | [mass, mass] | targets.effusions.findings: needs names of findings, each once",
        "batch=8 | batch | initialisations.refers.pretraining.set: expected key=value, found: batch",
        "reference: refers | reference: refer | compare.reference: there is no refer; did you mean refers?",
        "reference: refers | reference: refers, test: z | compare.test: \"z\" is none of independent, paired",
        "{prefix: site.} | {} | sources.labels.prefix: is missing",
        "{phantoms: {studies: 100}} | {prefix: a.} | tokenizer: is missing",
        "{prefix: site.} | {jsonl: {path: a, test: 0.95}} | sources.labels.jsonl: validation and test are more",
        "{prefix: site.} | {jsonl: {path: a}, phantoms: {studies: 9}} | sources.labels: is phantoms or jsonl",
        "{prefix: site.} | {jsonl: {test: 1}} | sources.labels.jsonl: validation and test are more",
        "{prefix: site.} | {jsonl: {}} | sources.labels.jsonl.path: is missing",
        "name: small | name: a/b | name: a name has letters, digits",
        "repeats: 2 | seed: 2 | not YAML (line 20): Duplicate field 'seed'",
        "repeats: 2 | repeats: 1000000000 | repeats: is at most 1000, and not 1000000000",
        "labelRatios: [0.01, 1]\\nrepeats: 2 | labelRatios: [0.1, 0.2, 0.3, 0.4]\\nrepeats: 1000 | repeats: 12000 cells in all; an experiment has at most 10000",
        "steps: 3 | steps: 9223372036854775807 | targets.effusions.steps: is at most 1000000000",
        "title: From scratch | title: refers | initialisations.refers.title: another row is called so, too: refers",
        "title: From scratch | title: a&#124;b | initialisations.scratch.title: is one line of at most 100 letters",
        "source: labels | source: *labels | line 16: aliases (*labels) are not read",
        "batch=4 | seed=4 | initialisations.refers.finetuning: seed is said by seed",
        "batch=4 | model.findings=[mass] | initialisations.refers.finetuning: model.findings is said by findings",
        "steps: 3 | steps: 3\\n    set: schedule.steps=9 | targets.effusions.set: schedule.steps is said by steps",
        "set: [batch=8] | set: [line=a] | initialisations.refers.pretraining.set: line is said by name",
        "{prefix: site.} | {jsonl: {path: a, test: 0}} | targets.effusions.split: source labels has no patients for test",
        "scratch: {preset: tiny} | checkpoint: a, scratch: {preset: tiny} | initialisations.scratch: needs one of scratch, pretraining, weights and checkpoint, has 2",
      })
  void shouldSayWhereAFileIsWrong(String right, String wrong, String message) {
    String text =
        FILE.replace(right.replace("\\n", "\n"), wrong.replace("&#124;", "|").replace("\\n", "\n"));
    assertThatThrownBy(() -> Plan.of(read(text)))
        .isInstanceOf(InvalidExperimentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldRefuseFilesThatCannotBeRead(@TempDir Path folder) throws Exception {
    Path large = folder.resolve("large.yaml");
    Files.writeString(large, FILE + "#" + " ".repeat(1 << 20));
    Path other = Files.write(folder.resolve("other.yaml"), "title: \u00e4".getBytes(UTF_16));

    assertRefused(large, "is larger than 1 MiB");
    assertRefused(other, "is not text in UTF-8");
    assertRefused(folder, "is a directory");
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> new ExperimentReader().read(file))
        .isInstanceOf(InvalidExperimentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"''", "'[]'", "'name'", "'sources: {a: }'", "'name: x\nsources: {a: }'"})
  void shouldRefuseWhatIsNoExperiment(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(InvalidExperimentException.class);
  }
}
