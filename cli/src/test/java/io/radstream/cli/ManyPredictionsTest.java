package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.streams.StageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Writes predictions of two checkpoints for some thousand studies, and the command's summary of
 * them, for {@code evaluation.py} to compute again; and the better checkpoint exported, for {@code
 * findings_check.py} to predict the same.
 */
@EnabledIfSystemProperty(
    named = "radstream.predictions",
    matches = ".+",
    disabledReason = "only writes files for scripts of benchmarks/reference")
@ExtendWith(SharedCluster.class)
class ManyPredictionsTest {

  private static final int STUDIES = 5_000;

  /** Pictures are used several times: what shows the same is scored the same. */
  private static final int PICTURES = 1_500;

  private static final int PATIENTS = 3_000;
  private static final int SIDE = 32;
  private static final Path ROOT = Path.of(System.getProperty("radstream.predictions", ""));

  @Test
  void shouldTellFiguresOfThousandsOfStudies(KafkaConnection connection) throws Exception {
    Files.createDirectories(ROOT);
    Invocation.on(connection, "publish", "jsonl", "--path=" + studies(), "--view-size=" + SIDE)
        .json();
    Path tokenizer = StagedStudies.tokenizer(ROOT, connection, 100);
    try (ReportTokenizers tokenizers = ReportTokenizers.load(tokenizer, Optional.empty())) {
      StagedStudies.stage(
          ROOT, connection, StageConfig.of(tokenizers).withValidationShare(0.1).withTestShare(0.8));
    }
    train(connection, tokenizer, "first", 30);
    train(connection, tokenizer, "second", 4);

    evaluate(connection, "second", "000000004");
    JsonNode summary =
        evaluate(
            connection,
            "first",
            "000000030",
            "--against=" + ROOT.resolve("store/second/000000004"));

    Invocation exported =
        Invocation.of(
            "export",
            "--checkpoint=" + ROOT.resolve("store/first/000000030"),
            "--out=" + ROOT.resolve("models"));

    Files.writeString(ROOT.resolve("summary.json"), summary.toString());
    assertThat(summary.get("studies").asInt()).isGreaterThan(STUDIES / 2);
    assertThat(exported.exitCode()).describedAs(exported.err()).isEqualTo(Radstream.DONE);
  }

  private static void train(KafkaConnection connection, Path tokenizer, String line, int steps)
      throws IOException {
    Invocation.on(
            connection,
            "train",
            "--tokenizer=" + tokenizer,
            "--store=" + ROOT.resolve("store"),
            "--line=" + line,
            "--steps=" + steps,
            "--set=batch=32",
            "--set=model.radiograph.imageSize=" + SIDE,
            "--set=model.radiograph.width=16",
            "--set=model.radiograph.mlp=32",
            "--set=model.objectives.contrastive=0",
            "--set=model.objectives.language=0",
            "--set=model.objectives.labels=1",
            "--set=model.findings=[opacity,nodule,line]")
        .json();
  }

  private static JsonNode evaluate(
      KafkaConnection connection, String line, String step, String... further) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "evaluate",
                "findings",
                "--checkpoint=" + ROOT.resolve("store").resolve(line).resolve(step),
                "--split=test",
                "--rounds=200",
                "--seed=5",
                "--csv=" + ROOT.resolve(line + ".csv")));
    words.addAll(List.of(further));
    return Invocation.on(connection, words.toArray(String[]::new)).json();
  }

  /** Labels are wrong now and then, rare, or not known, each finding in its own way. */
  private static Path studies() throws IOException {
    for (int i = 0; i < PICTURES; i++) {
      Files.write(ROOT.resolve(i + ".png"), picture(i));
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < STUDIES; i++) {
      CounterRandom random = CounterRandom.of(1, "labels", i);
      int picture = (int) (random.nextDouble() * PICTURES);
      boolean opacity = opaque(picture) ^ random.nextDouble() < 0.2;
      boolean nodule = random.nextDouble() < 0.03;
      String line = random.nextDouble() < 0.4 ? "null" : Boolean.toString(!opacity);
      lines.add(
          ("{\"patient\":\"%d\",\"study\":\"%d\",\"text\":\"FINDINGS: %s\","
                  + "\"images\":[{\"file\":\"%d.png\"}],"
                  + "\"labels\":{\"opacity\":%b,\"nodule\":%b,\"line\":%s}}")
              .formatted(
                  (int) (random.nextDouble() * PATIENTS),
                  i,
                  opacity ? "There is an opacity." : "The lungs are clear.",
                  picture,
                  opacity,
                  nodule,
                  line));
    }
    return Files.write(ROOT.resolve("studies.jsonl"), lines);
  }

  private static boolean opaque(int picture) {
    return picture % 3 == 0;
  }

  private static byte[] picture(int picture) {
    byte[] pixels = new byte[SIDE * SIDE];
    CounterRandom random = CounterRandom.of(1, "picture", picture);
    int brighter = (int) (90 * random.nextDouble());
    for (int i = 0; i < pixels.length; i++) {
      boolean there = opaque(picture) && i % SIDE < SIDE / 2;
      pixels[i] = (byte) (60 + 40 * random.nextDouble() + (there ? brighter : 0));
    }
    return ImageEncoder.png(new GrayImage(SIDE, SIDE, pixels));
  }
}
