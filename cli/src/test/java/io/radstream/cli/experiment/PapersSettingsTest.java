package io.radstream.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.cli.demo.Footing;
import io.radstream.experiments.file.ExperimentReader;
import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.InvalidExperimentException;
import io.radstream.experiments.plan.Plan;
import io.radstream.experiments.plan.Pretraining;
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
    TrainerLaboratory laboratory = laboratory(plan);
    List<String> refused = new ArrayList<>();

    for (Pretraining run : plan.pretrainings()) {
      note(refused, () -> laboratory.check(run));
    }
    for (Cell cell : plan.cells()) {
      if (cell.repeat() == 1) {
        note(refused, () -> laboratory.check(cell, Optional.empty()));
      }
    }

    assertThat(refused).isEmpty();
  }

  private interface Check {
    void run() throws IOException;
  }

  private static void note(List<String> refused, Check check) throws IOException {
    try {
      check.run();
    } catch (InvalidExperimentException e) {
      refused.add(e.getMessage());
    }
  }

  @Test
  void shouldSayWhereAPresetIsNone() throws Exception {
    Plan plan = plan(Files.readString(files().get(0)).replace("preset: tiny", "preset: wide"));
    TrainerLaboratory laboratory = laboratory(plan);

    assertThatThrownBy(() -> laboratory.check(plan.pretrainings().get(0)))
        .hasMessageStartingWith("initialisations.refers.pretraining.preset: wide is none of");
  }
}
