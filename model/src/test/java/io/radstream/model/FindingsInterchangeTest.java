package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.Compute;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Fusion;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.ModelConfig.ImageEncoderKind;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.config.ModelConfig.Residual;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.ModelVariant;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.ViewFusion;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.pretrained.HuggingFaceExport;
import io.radstream.model.pretrained.PicturePreparation;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.SavedWeights;
import io.radstream.model.weights.SeededWeights;
import io.radstream.model.weights.TensorWriter;
import io.radstream.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Writes networks that score findings, exported, and what they say of some pictures, for {@code
 * findings_check.py} to say again.
 */
@EnabledIfSystemProperty(
    named = "radstream.reference",
    matches = ".+",
    disabledReason = "only writes files for benchmarks/reference/findings_check.py")
final class FindingsInterchangeTest {

  private static final int SEED = 12;
  private static final int STUDIES = 3;
  private static final double NOISE = 0.05;
  private static final int VOCABULARY = 1_000;
  private static final List<String> FINDINGS = List.of("effusion", "opacity", "nodule");
  private static final Path ROOT = Path.of(System.getProperty("radstream.reference", ""));

  /** Each choice that changes what a study's score is. */
  enum Kind {
    TINY_PAPER,
    TINY_RELEASED,
    TINY_VIEWS_ALONE,
    TINY_RESIDUAL,
    SMALL_RESIDUAL,
    BASE_PAPER,
    BASE_RELEASED,
    BASE_RESIDUAL;

    ModelConfig config() {
      ModelPreset preset = ModelPreset.valueOf(name().substring(0, name().indexOf('_')));
      ModelVariant variant =
          name().endsWith("RELEASED") ? ModelVariant.RELEASED : ModelVariant.PAPER;
      ModelConfig config = preset.config(variant, VOCABULARY, VOCABULARY);
      Residual residual = config.radiograph().residual();
      ModelConfig seeing =
          name().endsWith("RESIDUAL")
              ? with(config, config.radiograph().with(ImageEncoderKind.CONVOLUTIONAL, residual))
              : config;
      return SmallNetworks.with(
          this == TINY_VIEWS_ALONE
              ? SmallNetworks.with(
                  SmallNetworks.with(seeing, Recurrence.NONE), new Fusion(FusionKind.NONE, 1))
              : seeing,
          new Objectives(0, 0, 1, 0.1, 1, Objectives.LanguageMean.REPORT),
          FINDINGS);
    }

    private static ModelConfig with(ModelConfig config, ModelConfig.Radiograph radiograph) {
      return new ModelConfig(
          radiograph,
          config.fusion(),
          config.report(),
          config.text(),
          config.objectives(),
          config.findings());
    }
  }

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(Runtime.getRuntime().availableProcessors());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void shouldExportWhatScoresFindings(Kind kind) throws IOException {
    ModelConfig config = kind.config();
    Path directory =
        Files.createDirectories(
            ROOT.resolve("findings").resolve(kind.name().toLowerCase(Locale.ROOT)));
    Path weights = directory.resolve("model.safetensors");
    NDManager owner = ComputeDevice.cpu().newManager();
    try (RefersTraining training =
        RefersTraining.start(
            config, new OptimizerConfig(0, 0, 0), Compute.PLAIN, owner, noisy(owner))) {
      training.save(weights, directory.resolve("optimizer.safetensors"));
    }

    HuggingFaceExport export = new HuggingFaceExport(config, 0, Map.of());
    List<Path> written = export.write(weights, directory);
    int side = config.radiograph().imageSize();
    if (config.radiograph().encoder() == ImageEncoderKind.TRANSFORMER) {
      export.writeTimm(
          weights, directory, new PicturePreparation(side * 256 / 224, side, 0.5f, 0.25f));
    }

    assertThat(written).contains(directory.resolve("findings"));
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      TensorWriter.write(directory.resolve("ours.safetensors"), scored(config, weights, manager));
    }
  }

  private static Map<String, NDArray> scored(ModelConfig config, Path weights, NDManager manager)
      throws IOException {
    RefersNetwork network =
        RefersNetwork.of(
            manager,
            config,
            ObjectiveList.parts(config),
            SavedWeights.open(manager, weights),
            new Arithmetic.Plain());
    int side = config.radiograph().imageSize();
    int picture = side * side;
    float[] studies = new float[STUDIES * ViewFusion.VIEWS * picture];
    Random random = new Random(SEED);
    for (int i = 0; i < studies.length; i++) {
      studies[i] = (float) random.nextGaussian();
    }
    float[] repeated = studies.clone();
    for (int place = 0; place < STUDIES * ViewFusion.VIEWS; place++) {
      System.arraycopy(
          studies,
          place / ViewFusion.VIEWS * ViewFusion.VIEWS * picture,
          repeated,
          place * picture,
          picture);
    }
    Map<String, NDArray> found = new LinkedHashMap<>();
    found.put("images", manager.create(studies, new Shape(STUDIES, ViewFusion.VIEWS, side, side)));
    found.put("logits", logits(network, manager, studies));
    found.put("first_view_logits", logits(network, manager, repeated));
    return found;
  }

  private static NDArray logits(RefersNetwork network, NDManager manager, float[] images) {
    NDArray vectors = network.study(manager, images, STUDIES).vectors();
    return network.labels().orElseThrow().apply(vectors).mean(new int[] {1});
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
}
