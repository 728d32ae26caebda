package io.radstream.cli.experiment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.cli.demo.Footing;
import io.radstream.experiments.file.ExperimentReader;
import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.InvalidExperimentException;
import io.radstream.experiments.plan.Plan;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of experiments say nothing that the trainer does not know. */
class PapersSettingsTest {

  @TempDir private Path folder;

  static List<Path> files() throws IOException {
    Path experiments = Path.of("").toAbsolutePath().resolveSibling("experiments");
    List<Path> all = new ArrayList<>();
    for (String folder : List.of("papers", "proof")) {
      try (Stream<Path> files = Files.list(experiments.resolve(folder))) {
        files.sorted().forEach(all::add);
      }
    }
    return all;
  }

  private Plan plan(String text) throws IOException {
    Path tokenizer =
        Files.write(
            folder.resolve("tokenizer.json"),
            WordPieceTrainer.train(Collections.emptyIterator(), WordPieceTrainer.Options.DEFAULT));
    return Plan.of(
        new ExperimentReader()
            .parse(text.replace("tokenizer: tokenizer.json", "tokenizer: " + tokenizer)));
  }

  private TrainerLaboratory laboratory(Plan plan) {
    Grounds nowhere =
        new Grounds(
            new KafkaConnection("127.0.0.1:1", "http://127.0.0.1:1", new TopicNames("")),
            Footing.ELSEWHERE,
            folder,
            Optional.empty(),
            DeviceChoice.auto(),
            Pseudonymizer::demo,
            Clock.systemUTC(),
            false);
    return new TrainerLaboratory(
        plan,
        nowhere,
        () -> {
          throw new AssertionError("nothing is to run");
        },
        told -> {});
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldNameOnlySettingsThatTheTrainerKnows(Path file) throws Exception {
    Plan plan = plan(Files.readString(file));

    assertThatCode(() -> PlannedSettings.check(plan)).doesNotThrowAnyException();
  }

  @Test
  void shouldNotTakeASettingOfARunForOneOfANetwork() throws Exception {
    String text = Files.readString(phantoms());
    String shaped = "scratch: {preset: tiny, set: [model.radiograph.recurrence=NONE, %s]}";
    Plan plan = plan(text.replace("scratch: {preset: tiny}", shaped.formatted("batch=7")));
    Plan sound =
        plan(text.replace("scratch: {preset: tiny}", shaped.formatted("model.fusion.kind=NONE")));

    assertThatThrownBy(() -> PlannedSettings.check(plan))
        .isInstanceOf(InvalidExperimentException.class)
        .hasMessageStartingWith("initialisations.scratch: batch=7 is no setting of a network");
    assertThatCode(() -> PlannedSettings.check(sound)).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseOriginalsOfASourceThatItPublishesItself() throws Exception {
    Plan plan =
        plan(
            Files.readString(phantoms())
                .replace("set: [batch=32,", "set: [data.views=original, batch=32,"));

    assertThatThrownBy(() -> PlannedSettings.check(plan))
        .isInstanceOf(InvalidExperimentException.class)
        .hasMessageContaining("data.views=original, and the experiment publishes source labelled");
  }

  @Test
  void shouldTakeSettingsOfANetworkThatNeedEachOther() throws Exception {
    Plan plan =
        plan(
            Files.readString(phantoms())
                .replace(
                    "scratch: {preset: tiny}",
                    "scratch: {preset: tiny, set: [model.radiograph.width=90, model.radiograph.heads=6]}"));

    assertThatCode(() -> PlannedSettings.check(plan)).doesNotThrowAnyException();
  }

  @Test
  void shouldMissPublicWeightsBeforeAnythingIsRun() throws Exception {
    Path weights = folder.resolve("vit");
    Plan plan =
        plan(
            Files.readString(phantoms())
                .replace(
                    "scratch: {preset: tiny}",
                    "weights: {preset: tiny, radiograph: \"" + weights + "\"}"));
    TrainerLaboratory laboratory = laboratory(plan);
    Cell cell =
        plan.cells().stream()
            .filter(it -> it.initialisation().name().equals("scratch"))
            .findFirst()
            .orElseThrow();

    assertThatThrownBy(() -> laboratory.check(cell, Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessage("initialisations.scratch.weights.radiograph: there is no " + weights);
  }

  private static Path phantoms() {
    return Path.of("").toAbsolutePath().resolveSibling("experiments/papers/phantoms.yaml");
  }

  @Test
  void shouldSayWhereAPresetIsNone() throws Exception {
    Plan plan = plan(Files.readString(phantoms()).replace("preset: tiny", "preset: wide"));
    TrainerLaboratory laboratory = laboratory(plan);

    assertThatThrownBy(() -> laboratory.check(plan.pretrainings().get(0)))
        .hasMessageStartingWith("initialisations.refers.pretraining.preset: wide is none of");
  }
}
