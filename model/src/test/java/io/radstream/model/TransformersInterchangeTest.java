package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.config.Activation;
import io.radstream.model.config.Compute;
import io.radstream.model.config.InitialWeights;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Encoder;
import io.radstream.model.config.ModelConfig.PatchPositions;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.ModelVariant;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.layers.Linear;
import io.radstream.model.network.ImageEncoder;
import io.radstream.model.network.RadiographTransformer;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.TextEncoder;
import io.radstream.model.network.TokenBatch;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.pretrained.HuggingFaceExport;
import io.radstream.model.pretrained.PicturePreparation;
import io.radstream.model.pretrained.PretrainedSource;
import io.radstream.model.pretrained.PretrainedWeights;
import io.radstream.model.pretrained.WeightOrigin;
import io.radstream.model.pretrained.WeightOrigin.Kind;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.SavedWeights;
import io.radstream.model.weights.SeededWeights;
import io.radstream.model.weights.TensorWriter;
import io.radstream.model.weights.Weights;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Writes exported networks, and what networks that start from the directories of {@code
 * transformers_check.py make} compute, for that script to check.
 */
@EnabledIfSystemProperty(
    named = "radstream.reference",
    matches = ".+",
    disabledReason = "only writes files for benchmarks/reference/transformers_check.py")
final class TransformersInterchangeTest {

  private static final int SEED = 11;
  private static final int IMAGES = 2;
  private static final double NOISE = 0.05;
  private static final int VOCABULARY = 1_000;
  private static final Path ROOT = Path.of(System.getProperty("radstream.reference", ""));

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(Runtime.getRuntime().availableProcessors());
  }

  @ParameterizedTest
  @CsvSource({"TINY,PAPER", "TINY,RELEASED", "BASE,PAPER", "BASE,RELEASED"})
  void shouldExport(ModelPreset preset, ModelVariant variant) throws IOException {
    ModelConfig config = preset.config(variant, VOCABULARY, VOCABULARY);
    Path directory =
        Files.createDirectories(
            ROOT.resolve("out/" + (preset + "-" + variant).toLowerCase(Locale.ROOT)));
    Path weights = directory.resolve("model.safetensors");
    Path state = directory.resolve("optimizer.safetensors");
    NDManager owner = ComputeDevice.best().newManager();
    try (RefersTraining training =
        RefersTraining.start(
            config, new OptimizerConfig(0, 0, 0), Compute.PLAIN, owner, noisy(owner))) {
      training.save(weights, state);
    }
    Files.delete(state);

    HuggingFaceExport export = new HuggingFaceExport(config, 0, Map.of());
    List<Path> written = export.write(weights, directory);
    Path timm = export.writeTimm(weights, directory, new PicturePreparation(73, 64, 0.5f, 0.25f));

    assertThat(written).hasSize(2).doesNotContain(timm);
    try (NDManager manager = ComputeDevice.best().newManager()) {
      RefersNetwork network =
          RefersNetwork.of(
              manager,
              config,
              ObjectiveList.parts(config),
              SavedWeights.open(manager, weights),
              new Arithmetic.Plain());
      Map<String, NDArray> found = new LinkedHashMap<>();
      radiographs((RadiographTransformer) network.radiograph(), manager, found);
      reports(network.text().orElseThrow(), manager, found);
      TensorWriter.write(directory.resolve("ours.safetensors"), found);
    }
  }

  /** Weights that start as zeros or ones would hide that they were mixed up. */
  private static Weights.Source noisy(NDManager owner) {
    SeededWeights seeded = new SeededWeights(owner, SEED);
    SeededWeights noise = new SeededWeights(owner, SEED + 1);
    return (name, shape, kind) -> {
      try (NDArray change = noise.value(name, shape, Parameter.Kind.POSITION)) {
        return seeded.value(name, shape, kind).addi(change.muli(NOISE));
      }
    };
  }

  @Test
  void shouldStartFromWhatTransformersSaved() throws IOException {
    try (DirectoryStream<Path> saved = Files.newDirectoryStream(ROOT.resolve("saved"))) {
      for (Path directory : saved) {
        JsonNode config = new ObjectMapper().readTree(directory.resolve("config.json").toFile());
        Path ours = Files.createDirectories(ROOT.resolve("in")).resolve(directory.getFileName());
        try (NDManager manager = ComputeDevice.best().newManager()) {
          Map<String, NDArray> found = new LinkedHashMap<>();
          if (config.get("model_type").asText().equals("vit")) {
            // Images of twice the size need more places than were saved.
            int scale = directory.toString().endsWith("-resized") ? 2 : 1;
            for (PatchPositions positions : PatchPositions.values()) {
              radiographs(
                  start(vit(config, scale, positions), directory, "", manager), found, positions);
            }
          } else {
            reports(
                start(bert(config), Path.of(""), directory.toString(), manager)
                    .text()
                    .orElseThrow(),
                manager,
                found);
          }
          TensorWriter.write(Path.of(ours + ".safetensors"), found);
        }
      }
    }
  }

  private static void radiographs(
      RefersNetwork network, Map<String, NDArray> found, PatchPositions positions) {
    Map<String, NDArray> here = new LinkedHashMap<>();
    RadiographTransformer transformer = (RadiographTransformer) network.radiograph();
    radiographs(transformer, transformer.positions().getManager(), here);
    here.forEach(
        (name, value) ->
            found.put(
                name.equals("images")
                    ? name
                    : name + "." + positions.name().toLowerCase(Locale.ROOT),
                value));
  }

  private static RefersNetwork start(
      ModelConfig config, Path radiograph, String text, NDManager manager) throws IOException {
    List<WeightOrigin> origins = new ArrayList<>();
    InitialWeights initial = new InitialWeights(radiograph.toString(), text);
    PretrainedSource source =
        PretrainedWeights.open(initial, config, List.of())
            .source(new SeededWeights(manager, SEED), origins::add);
    RefersNetwork network =
        RefersNetwork.of(
            manager, config, ObjectiveList.parts(config), source, new Arithmetic.Plain());
    source.finish();
    assertThat(origins).noneMatch(origin -> origin.kind() == Kind.SEEDED);
    return network;
  }

  private static ModelConfig vit(JsonNode saved, int scale, PatchPositions positions) {
    ModelConfig base = ModelPreset.TINY.config(VOCABULARY);
    Radiograph radiograph =
        new Radiograph(
            scale * saved.get("image_size").asInt(),
            saved.get("patch_size").asInt(),
            saved.get("hidden_size").asInt(),
            saved.get("num_hidden_layers").asInt(),
            saved.get("num_attention_heads").asInt(),
            saved.get("intermediate_size").asInt(),
            Activation.valueOf(saved.get("hidden_act").asText().toUpperCase(Locale.ROOT)),
            positions,
            Recurrence.NONE);
    return new ModelConfig(
        radiograph, base.fusion(), base.report(), base.text(), base.objectives(), List.of());
  }

  private static ModelConfig bert(JsonNode saved) {
    ModelConfig base = ModelPreset.TINY.config(VOCABULARY);
    Encoder encoder =
        new Encoder(
            saved.get("vocab_size").asInt(),
            saved.get("hidden_size").asInt(),
            saved.get("num_hidden_layers").asInt(),
            saved.get("num_attention_heads").asInt(),
            saved.get("intermediate_size").asInt(),
            saved.get("max_position_embeddings").asInt() / 2,
            0);
    return new ModelConfig(
        base.radiograph(), base.fusion(), base.report(), encoder, base.objectives(), List.of());
  }

  /** Without the recurrence behind it, as a ViT has none. */
  private static void radiographs(
      RadiographTransformer transformer, NDManager manager, Map<String, NDArray> found) {
    Radiograph config = transformer.config();
    float[] pixels = new float[IMAGES * config.imageSize() * config.imageSize()];
    Random random = new Random(SEED);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    NDArray images =
        manager.create(pixels, new Shape(IMAGES, config.imageSize(), config.imageSize()));
    ImageEncoder.Output seen = withoutRecurrence(transformer).apply(images);
    found.put("images", images);
    found.put("aggregated", seen.aggregated().duplicate());
    found.put("patches", seen.patches().duplicate());
  }

  private static RadiographTransformer withoutRecurrence(RadiographTransformer transformer) {
    Radiograph config = transformer.config();
    return new RadiographTransformer(
        new Radiograph(
            config.imageSize(),
            config.patchSize(),
            config.width(),
            config.layers(),
            config.heads(),
            config.mlp(),
            config.activation(),
            config.positions(),
            Recurrence.NONE),
        transformer.patch(),
        transformer.aggregation(),
        transformer.positions(),
        transformer.merge(),
        transformer.blocks(),
        transformer.norm(),
        Optional.empty());
  }

  /** In front of the projection, which a BERT does not have. */
  private static void reports(TextEncoder text, NDManager manager, Map<String, NDArray> found) {
    int longest = text.config().maxTokens();
    Random random = new Random(SEED);
    int[][] tokens = new int[IMAGES][];
    long[] padded = new long[IMAGES * longest];
    Arrays.fill(padded, -1);
    for (int row = 0; row < IMAGES; row++) {
      tokens[row] = random.ints(longest - 3 * row, 0, text.config().vocabulary()).toArray();
      for (int i = 0; i < tokens[row].length; i++) {
        padded[row * longest + i] = tokens[row][i];
      }
    }
    int width = text.config().width();
    Linear identity =
        new Linear(manager.eye(width), manager.zeros(new Shape(width)), new Arithmetic.Plain());
    TextEncoder pooler =
        new TextEncoder(
            text.config(),
            text.words(),
            text.positions(),
            text.segments(),
            text.norm(),
            text.blocks(),
            text.pooler(),
            identity);
    found.put("tokens", manager.create(padded, new Shape(IMAGES, longest)));
    found.put("pooled", pooler.apply(TokenBatch.of(manager, tokens, longest), false));
  }
}
