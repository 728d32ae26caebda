package io.radstream.cli.boxes;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.explain.MapKind;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyViews;
import io.radstream.schemas.TopicNames;
import io.radstream.serving.checkpoint.CheckpointLoader;
import io.radstream.serving.checkpoint.NetworkLoader;
import io.radstream.serving.score.ExplainedQuestion;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ScoringModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sanity check of maps after Adebayo et al., 2018, on a checkpoint that has learned: weights of
 * the image path are shuffled from the scores down to the pixels, part after part, and maps of the
 * same phantoms compared with those before. Only when asked.
 */
@EnabledIfSystemProperty(
    named = "radstream.sanity",
    matches = ".+",
    disabledReason = "a measurement on a checkpoint, for docs/benchmarks.md")
class MapSanityTest {

  private static final int PHANTOMS = Integer.getInteger("radstream.sanity.phantoms", 100);
  private static final long SEED = 20_261_129;
  private static final double THRESHOLD = 0.2;

  private record Stage(String name, Predicate<String> weights) {}

  /** What is measured of one kind of map at one stage. */
  private record Outcome(double rankCorrelation, double pointed) {}

  @TempDir private Path folder;

  @Test
  void shouldLoseItsMapsWithItsWeights() throws IOException {
    TorchEngine.start(Runtime.getRuntime().availableProcessors());
    Path checkpoint = copy(Path.of(System.getProperty("radstream.sanity")));
    Map<MapKind, List<float[]>> before;
    try (ScoringModel model = model(checkpoint)) {
      before = maps(model);
    }
    Map<MapKind, Outcome> last = tell("as it learned", checkpoint, before);
    double learned = last.get(MapKind.GRADIENT).pointed();
    for (Stage stage : stages(checkpoint)) {
      new ShuffledWeights(checkpoint.resolve("model.safetensors")).shuffle(stage.weights(), SEED);
      last = tell(stage.name(), checkpoint, before);
    }

    Outcome untaught = last.get(MapKind.GRADIENT);
    assertThat(Math.abs(untaught.rankCorrelation())).isLessThan(0.3);
    assertThat(untaught.pointed()).isLessThan(learned);
  }

  private Path copy(Path checkpoint) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("checkpoint"));
    try (Stream<Path> files = Files.list(checkpoint)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName().toString()));
      }
    }
    return copy;
  }

  private static List<Stage> stages(Path checkpoint) throws IOException {
    List<Stage> stages = new ArrayList<>();
    stages.add(
        new Stage(
            "fusion of views",
            name ->
                name.startsWith("view_fusion.") || name.startsWith("recurrent_concatenation.")));
    int blocks = Checkpoint.read(checkpoint).model().radiograph().layers();
    for (int block = blocks - 1; block >= 0; block--) {
      String prefix = "vit.encoder.layer.%d.".formatted(block);
      stages.add(new Stage("and block " + (block + 1), name -> name.startsWith(prefix)));
    }
    stages.add(new Stage("and patches", name -> name.startsWith("vit.embeddings.")));
    return stages;
  }

  private static Map<MapKind, Outcome> tell(
      String stage, Path checkpoint, Map<MapKind, List<float[]>> before) throws IOException {
    Map<MapKind, Outcome> outcomes = new EnumMap<>(MapKind.class);
    try (ScoringModel model = model(checkpoint)) {
      Map<MapKind, List<float[]>> now = maps(model);
      BoxReport report = new BoxEvaluation(model, THRESHOLD).of(phantoms());
      now.forEach(
          (kind, maps) -> {
            double correlation =
                IntStream.range(0, maps.size())
                    .mapToDouble(i -> RankCorrelation.of(before.get(kind).get(i), maps.get(i)))
                    .average()
                    .orElseThrow();
            outcomes.put(kind, new Outcome(correlation, pointed(report, kind)));
          });
    }
    outcomes.forEach(
        (kind, outcome) ->
            System.out.printf(
                Locale.ROOT,
                "map-sanity: %s: %s: rank correlation %.2f, pointed %.2f%n",
                stage,
                name(kind),
                outcome.rankCorrelation(),
                outcome.pointed()));
    return outcomes;
  }

  private static String name(MapKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static double pointed(BoxReport report, MapKind kind) {
    return report.rows().stream()
        .filter(row -> row.finding().equals("all") && row.map().equals(name(kind)))
        .findFirst()
        .orElseThrow()
        .figures()
        .pointed();
  }

  private static Stream<MarkedPicture> phantoms() {
    return new Phantoms(SEED, PHANTOMS).pictures();
  }

  /** Of each finding that was drawn, in the order of the phantoms. */
  private static Map<MapKind, List<float[]>> maps(ScoringModel model) {
    Map<MapKind, List<float[]>> maps = new EnumMap<>(MapKind.class);
    phantoms()
        .forEach(
            picture -> {
              StudyInput study =
                  model.prepare(new StudyViews(Optional.empty(), List.of(picture.encoded())));
              new TreeSet<>(picture.drawn().keySet())
                  .forEach(
                      finding ->
                          model
                              .maps()
                              .forEach(
                                  kind ->
                                      maps.computeIfAbsent(kind, it -> new ArrayList<>())
                                          .add(map(model, study, finding, kind))));
            });
    return maps;
  }

  private static float[] map(ScoringModel model, StudyInput study, String finding, MapKind kind) {
    return model
        .explain(study, new ExplainedQuestion.Finding(finding, kind))
        .views()
        .get(0)
        .values();
  }

  private static ScoringModel model(Path checkpoint) throws IOException {
    return new CheckpointLoader(
            checkpoint,
            FindingSets.of(PromptSet.builtIn()),
            NetworkLoader.on(ComputeDevice.cpu(), Precision.FLOAT32),
            Clock.systemUTC(),
            false)
        .open(Checkpoint.read(checkpoint), new TopicNames(""));
  }
}
