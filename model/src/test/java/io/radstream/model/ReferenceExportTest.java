package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Decoder;
import io.radstream.model.config.ModelConfig.Encoder;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.ModelVariant;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.OptimizerConfig.Freeze;
import io.radstream.model.config.OptimizerConfig.Lookahead;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.ViewFusion;
import io.radstream.model.weights.SavedWeights;
import io.radstream.model.weights.TensorWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Writes what a whole network computes, for {@code benchmarks/reference/compare.py} to check; its
 * README tells how to run both. The directory's name, as {@code base-released}, says which.
 */
@EnabledIfSystemProperty(
    named = "radstream.reference",
    matches = ".*(tiny|small|base)-(paper|released)",
    disabledReason = "only writes files for benchmarks/reference/compare.py")
final class ReferenceExportTest {

  private static final int STEPS = 20;
  private static final int BATCHES = 4;
  private static final int SEED = 11;

  /** Of the authors' code. */
  private static final int REPORT_VOCABULARY = 10_000;

  /** Of ClinicalBERT. */
  private static final int TEXT_VOCABULARY = 28_996;

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void shouldWriteWhatItComputes() throws IOException {
    Path directory = Files.createDirectories(Path.of(System.getProperty("radstream.reference")));
    String name = directory.getFileName().toString().toUpperCase(Locale.ROOT);
    int dash = name.indexOf('-');
    ModelPreset preset = ModelPreset.valueOf(name.substring(0, dash));
    ModelVariant variant = ModelVariant.valueOf(name.substring(dash + 1));
    int studies = preset == ModelPreset.TINY ? 8 : 2;
    TorchEngine.start(Runtime.getRuntime().availableProcessors());
    ModelConfig model = withoutDropout(preset.config(variant, REPORT_VOCABULARY, TEXT_VOCABULARY));
    List<StudyBatch> batches =
        IntStream.range(0, BATCHES).mapToObj(i -> batch(model, studies, SEED + i)).toList();
    try (NDManager manager = ComputeDevice.best().newManager()) {
      Path weights = directory.resolve("weights.safetensors");
      writeWeights(model, weights);
      ReferenceRun run =
          new ReferenceRun(
              model,
              optimizer(variant),
              rates(preset),
              STEPS,
              batches,
              SavedWeights.open(manager, weights));
      writeConfig(run, directory.resolve("config.json"));
      writeBatches(batches, model.radiograph().imageSize(), manager, directory);

      Map<String, NDArray> found = run.run(manager);

      TensorWriter.write(directory.resolve("ours.safetensors"), found);
      TensorWriter.write(directory.resolve("exact.safetensors"), run.exact(manager));
      assertThat(found.get("losses").toDoubleArray()).hasSize(STEPS).doesNotContain(Double.NaN);
    }
  }

  /**
   * Of the paper's warm-up, at the 20th of its 10,000 steps. The small network is not so easily
   * driven to where rounding grows with each step, and can take those of the 500th.
   */
  private static LearningRates rates(ModelPreset preset) {
    return preset == ModelPreset.TINY
        ? new LearningRates(1.5e-4, 1.5e-5)
        : new LearningRates(6e-6, 6e-7);
  }

  private static OptimizerConfig optimizer(ModelVariant variant) {
    return switch (variant) {
      case PAPER -> new OptimizerConfig(0.9, 1e-4, 0);
      case RELEASED -> new OptimizerConfig(0.9, 1e-4, 10, new Lookahead(5, 0.5), new Freeze(0, 1));
    };
  }

  private static ModelConfig withoutDropout(ModelConfig config) {
    Decoder report = config.report();
    Encoder text = config.text();
    return new ModelConfig(
        config.radiograph(),
        config.fusion(),
        new Decoder(
            report.vocabulary(),
            report.width(),
            report.layers(),
            report.heads(),
            report.mlp(),
            report.maxTokens(),
            0,
            report.activation(),
            report.positions()),
        new Encoder(
            text.vocabulary(),
            text.width(),
            text.layers(),
            text.heads(),
            text.mlp(),
            text.maxTokens(),
            0),
        config.objectives(),
        config.findings());
  }

  /** The third view of every other study repeats its first. */
  private static StudyBatch batch(ModelConfig model, int studies, long seed) {
    Random random = new Random(seed);
    int view = model.radiograph().imageSize() * model.radiograph().imageSize();
    float[] images = new float[studies * ViewFusion.VIEWS * view];
    int[][] tokens = new int[studies][];
    int[][] encoderTokens = new int[studies][];
    for (int study = 0; study < studies; study++) {
      int from = study * ViewFusion.VIEWS * view;
      for (int i = 0; i < ViewFusion.VIEWS * view; i++) {
        images[from + i] = (float) random.nextGaussian();
      }
      if (study % 2 == 1) {
        System.arraycopy(images, from, images, from + 2 * view, view);
      }
      int longest = Math.min(model.report().maxTokens(), model.text().maxTokens());
      int length = longest - random.nextInt(longest / 2);
      tokens[study] = random.ints(length, 0, model.report().vocabulary()).toArray();
      encoderTokens[study] = random.ints(length - 1, 0, model.text().vocabulary()).toArray();
    }
    return new StudyBatch(images, tokens, encoderTokens, new float[studies][0]);
  }

  private static void writeWeights(ModelConfig model, Path file) throws IOException {
    Path state = Files.createTempFile("optimizer", ".safetensors");
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(model, new OptimizerConfig(0, 0, 0), Compute.PLAIN, ComputeDevice.best()),
            SEED)) {
      training.save(file, state);
    } finally {
      Files.delete(state);
    }
  }

  private static void writeConfig(ReferenceRun run, Path file) throws IOException {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model", run.model());
    config.put("optimizer", run.optimizer());
    config.put("rates", run.rates());
    config.put("steps", run.steps());
    JSON.writeValue(file.toFile(), config);
  }

  private static void writeBatches(
      List<StudyBatch> batches, int side, NDManager manager, Path directory) throws IOException {
    int studies = batches.get(0).size();
    float[] images = new float[batches.size() * batches.get(0).images().length];
    List<int[]> tokens = new ArrayList<>();
    List<int[]> encoderTokens = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      StudyBatch batch = batches.get(i);
      System.arraycopy(batch.images(), 0, images, i * batch.images().length, batch.images().length);
      tokens.addAll(Arrays.asList(batch.tokens()));
      encoderTokens.addAll(Arrays.asList(batch.encoderTokens()));
    }
    Shape shape = new Shape(batches.size(), studies, ViewFusion.VIEWS, side, side);
    Map<String, NDArray> values = new LinkedHashMap<>();
    values.put("images", manager.create(images, shape));
    values.put("tokens", padded(tokens, studies, manager));
    values.put("encoder_tokens", padded(encoderTokens, studies, manager));
    TensorWriter.write(directory.resolve("batches.safetensors"), values);
  }

  /** batches × studies × tokens, −1 behind a report's end. */
  private static NDArray padded(List<int[]> reports, int studies, NDManager manager) {
    int longest = reports.stream().mapToInt(report -> report.length).max().orElseThrow();
    long[] ids = new long[reports.size() * longest];
    Arrays.fill(ids, -1);
    for (int row = 0; row < reports.size(); row++) {
      for (int t = 0; t < reports.get(row).length; t++) {
        ids[row * longest + t] = reports.get(row)[t];
      }
    }
    return manager.create(ids, new Shape(reports.size() / studies, studies, longest));
  }
}
