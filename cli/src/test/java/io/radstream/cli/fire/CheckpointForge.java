package io.radstream.cli.fire;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.model.Learning;
import io.radstream.model.RefersTraining;
import io.radstream.model.config.Compute;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.serving.score.PromptSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes checkpoints without a trainer: real networks of random weights, in turn. */
public final class CheckpointForge {

  static final String LINE = "fire";

  private static final int NETWORKS = 3;

  private final Path store;
  private final byte[] tokenizer;
  private final byte[] config;

  /** Directories of whole checkpoints, outside of the store. */
  private final List<Path> whole = new ArrayList<>();

  private final List<Map<String, String>> hashes = new ArrayList<>();

  /** Its tokenizer knows the words of the prompts, as that of any line's reports does. */
  public CheckpointForge(Path directory) throws IOException {
    this.store = Files.createDirectories(directory.resolve("store"));
    this.tokenizer =
        WordPieceTrainer.train(
            PromptSet.builtIn().sentences().iterator(), new WordPieceTrainer.Options(1_000, 1));
    try (ReportTokenizer trained = ReportTokenizer.of(tokenizer)) {
      ModelConfig model = ModelPreset.TINY.config(trained.vocabulary().size());
      this.config = new ObjectMapper().writeValueAsBytes(Map.of("seed", 1, "model", model));
      for (int seed = 0; seed < NETWORKS; seed++) {
        Path made = Files.createDirectories(directory.resolve("whole-" + seed));
        learn(model, seed, made.resolve(CheckpointDirectory.MODEL), directory.resolve("state"));
        Files.write(made.resolve(CheckpointDirectory.CONFIG), config);
        Files.write(made.resolve(CheckpointDirectory.TOKENIZER), tokenizer);
        whole.add(made);
        hashes.add(hashes(made));
      }
    }
  }

  private static void learn(ModelConfig model, int seed, Path weights, Path state)
      throws IOException {
    Learning learning =
        new Learning(
            model, new OptimizerConfig(0.9, 1e-4, 10), Compute.PLAIN, ComputeDevice.best());
    try (RefersTraining training = RefersTraining.start(learning, seed)) {
      training.save(weights, state);
    }
  }

  public Path store() {
    return store;
  }

  /**
   * Writes a checkpoint. A good one costs next to nothing, since whoever makes checkpoints does so
   * on a machine of its own: its files are links.
   *
   * @param flaw what is wrong with it
   * @param time of its announcement
   */
  public CheckpointPublished write(long step, Optional<Flaw> flaw, Instant time)
      throws IOException {
    int network = (int) (step % NETWORKS);
    Path directory = Files.createDirectories(directory(step));
    for (String file : hashes.get(network).keySet()) {
      Path from = whole.get(network).resolve(file);
      Path to = directory.resolve(file);
      Path unused = flaw.isPresent() ? Files.copy(from, to) : Files.createLink(to, from);
    }
    if (flaw.isEmpty()) {
      return announcement(step, directory, hashes.get(network), time);
    }
    if (!flaw.get().isAfterAnnouncement()) {
      flaw.get().spoil(directory);
    }
    CheckpointPublished announced = announcement(step, directory, hashes(directory), time);
    if (flaw.get().isAfterAnnouncement()) {
      flaw.get().spoil(directory);
    }
    return announced;
  }

  private CheckpointPublished announcement(
      long step, Path directory, Map<String, String> hashes, Instant time) {
    return CheckpointPublished.newBuilder()
        .setCheckpointId("%s-%09d".formatted(LINE, step))
        .setLine(LINE)
        .setRunId("fire-run")
        .setUri(directory.toUri().toString())
        .setFiles(hashes)
        .setStep(step)
        .setPositions(List.of())
        .setMetrics(Map.of("validation_loss", 3.0))
        .setConfig(new String(config, StandardCharsets.UTF_8))
        .setTokenizer(Sha256.of(tokenizer))
        .setTime(time)
        .build();
  }

  private static Map<String, String> hashes(Path directory) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        hashes.put(file.getFileName().toString(), Sha256.of(file));
      }
    }
    return hashes;
  }

  /** Deletes a checkpoint, as a trainer does with those that are no longer kept. */
  void delete(long step) throws IOException {
    for (Path each :
        List.of(directory(step), directory(step).resolveSibling(name(step) + ".away"))) {
      if (Files.isSymbolicLink(each)) {
        Files.delete(each);
      } else if (Files.exists(each)) {
        try (Stream<Path> files = Files.walk(each)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }

  private Path directory(long step) {
    return store.resolve(LINE).resolve(name(step));
  }

  private static String name(long step) {
    return "%09d".formatted(step);
  }
}
