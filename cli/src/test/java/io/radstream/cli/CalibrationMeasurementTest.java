package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.AnswerConfig;
import io.radstream.serving.ScoringService;
import io.radstream.serving.ServingConfig;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.PromptSet;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code benchmarks/calibration} measures, on pictures that may not lie in this project. */
@ExtendWith(SharedCluster.class)
class CalibrationMeasurementTest {

  private static final String DATA = "radstream.calibration.data";

  @TempDir private static Path folder;

  @Test
  void shouldTellWhatIsMadeOfRealPictures(KafkaConnection connection) throws Exception {
    assumeTrue(System.getProperty(DATA) != null, "no pictures: set -D" + DATA + "=DIR");
    Path data = Path.of(System.getProperty(DATA));
    Path store = folder.resolve("store");
    train(connection, data, store);

    Invocation calibrated =
        Invocation.on(
            connection,
            "calibrate",
            "--store=" + store,
            "--line=measured",
            "--panel=" + data.resolve("panel.jsonl"),
            "--prompts=" + data.resolve("prompts.yaml"));

    System.out.println(calibrated.out());
    assertThat(calibrated.json().get("familiar").asInt()).isPositive();
    ServingConfig config =
        ServingConfig.of(store).withAnswers(answers(PromptSet.read(data.resolve("prompts.yaml"))));
    try (ScoringService service = LiveService.start(connection, config);
        Stream<Path> sets = Files.list(data.resolve("ask"))) {
      for (Path set : sets.sorted().toList()) {
        ask(service, set, System.out);
      }
    }
  }

  private static AnswerConfig answers(PromptSet prompts) {
    AnswerConfig usual = AnswerConfig.DEFAULT;
    return new AnswerConfig(
        FindingSets.of(prompts), usual.batches(), usual.precision(), true, Optional.empty());
  }

  private static void ask(ScoringService service, Path set, PrintStream out) throws Exception {
    List<Double> vectors = new ArrayList<>();
    List<Double> drawn = new ArrayList<>();
    int unfamiliar = 0;
    try (Stream<Path> pictures = Files.list(set)) {
      for (Path picture : pictures.sorted().toList()) {
        JsonNode familiarity =
            LiveService.score(service, Files.readAllBytes(picture)).get("familiarity");
        vectors.add(ratio(familiarity.get("vector")));
        drawn.add(ratio(familiarity.get("picture")));
        unfamiliar += familiarity.get("unfamiliar").asBoolean() ? 1 : 0;
      }
    }
    out.printf(
        Locale.ROOT,
        "%-28s pictures %4d  unfamiliar %5.1f %%  by vector %5.1f %% (median %.2f thresholds)"
            + "  by picture %5.1f %% (%.2f)%n",
        set.getFileName(),
        drawn.size(),
        100.0 * unfamiliar / drawn.size(),
        beyond(vectors),
        median(vectors),
        beyond(drawn),
        median(drawn));
  }

  private static double ratio(JsonNode measured) {
    return measured.get("distance").asDouble() / measured.get("threshold").asDouble();
  }

  private static double beyond(List<Double> ratios) {
    return 100.0 * ratios.stream().filter(ratio -> ratio > 1).count() / ratios.size();
  }

  private static double median(List<Double> ratios) {
    return ratios.stream().sorted().toList().get(ratios.size() / 2);
  }

  private static void train(KafkaConnection connection, Path data, Path store) throws Exception {
    Invocation.on(connection, "publish", "jsonl", "--path=" + data.resolve("train.jsonl")).json();
    Path tokenizer = StagedStudies.in(folder, connection);
    JsonNode trained =
        Invocation.on(
                connection,
                "train",
                "--tokenizer=" + tokenizer,
                "--store=" + store,
                "--line=measured",
                "--steps=" + Integer.getInteger("radstream.calibration.steps", 300),
                "--set=model.objectives.labels=1",
                "--set=model.findings=[pneumonia, bacterial pneumonia]")
            .json();
    System.out.println(trained);
  }
}
