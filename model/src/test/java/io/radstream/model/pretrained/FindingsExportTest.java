package io.radstream.model.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.Learning;
import io.radstream.model.RefersTraining;
import io.radstream.model.SmallNetworks;
import io.radstream.model.config.Compute;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Fusion;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.ModelConfig.ImageEncoderKind;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.config.ModelConfig.Residual;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.network.ImageEncoder;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.ViewFusion;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.pretrained.HuggingFaceExport.Beside;
import io.radstream.model.weights.SavedWeights;
import io.radstream.model.weights.TensorFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that score findings, for transformers and timm. */
class FindingsExportTest {

  private static final List<String> FINDINGS = List.of("effusion", "opacity");
  private static final int SIDE = 32;
  private static final PicturePreparation PREPARATION =
      new PicturePreparation(37, SIDE, 0.5f, 0.25f);

  @TempDir private Path directory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void shouldKeepNameAndValueOfEachWeight() throws IOException {
    ModelConfig config = scoring(SmallNetworks.paper(0));
    Path weights = saved(config);

    List<Path> written = export(config).write(weights, directory.resolve("out"));

    Path findings = directory.resolve("out/findings");
    assertThat(written).containsExactly(directory.resolve("out/vit"), findings);
    Path tensors = findings.resolve("model.safetensors");
    Map<String, ?> entries = TensorFile.open(tensors).entries();
    assertThat(entries).containsOnlyKeys(TensorFile.open(weights).entries().keySet());
    assertThat(entries)
        .containsKeys("view_fusion.scores.bias", "recurrent_concatenation.dense.weight");
    assertThat(logits(config, tensors)).isEqualTo(logits(config, weights));
  }

  @Test
  void shouldTellTransformersWhatItIs() throws IOException {
    ModelConfig config = scoring(SmallNetworks.paper(0));
    Path out = directory.resolve("out");

    export(config).write(saved(config), out);

    JsonNode said = new ObjectMapper().readTree(out.resolve("findings/config.json").toFile());
    String code = Files.readString(out.resolve("findings/modeling_radstream.py"));
    String[] model = said.at("/auto_map/AutoModelForImageClassification").asText().split("\\.", -1);
    assertThat(model[0]).isEqualTo("modeling_radstream");
    assertThat(code).contains("class " + model[1] + "(PreTrainedModel)");
    assertThat(said.at("/id2label/1").asText()).isEqualTo("opacity");
    assertThat(said.at("/label2id/opacity").asInt()).isEqualTo(1);
    assertThat(said.get("problem_type").asText()).isEqualTo("multi_label_classification");
    assertThat(said.get("fusion").asText()).isEqualTo("softmax");
    assertThat(said.get("layer_norm_eps").asDouble()).isEqualTo(1e-12);
    assertThat(said.fieldNames())
        .toIterable()
        .filteredOn(name -> !name.matches("(.*2.*|architectures|auto_map|dtype|.*_type)"))
        .allSatisfy(
            name ->
                assertThat(out.resolve("findings/configuration_radstream.py"))
                    .content()
                    .contains("self." + name + " ="));
    assertThat(out.resolve("findings/preprocessor_config.json")).hasContent("{\"side\":32}");
    assertThat(out.resolve("findings/image_processing_radstream.py")).isRegularFile();
  }

  @Test
  void shouldExportAResidualNetworkThatScores() throws IOException {
    ModelConfig paper = SmallNetworks.paper(0);
    ModelConfig config =
        scoring(
            new ModelConfig(
                paper
                    .radiograph()
                    .with(ImageEncoderKind.CONVOLUTIONAL, new Residual(List.of(1, 1), false, 4)),
                paper.fusion(),
                paper.report(),
                paper.text(),
                paper.objectives(),
                paper.findings()));
    Path weights = saved(config);

    List<Path> written = export(config).write(weights, directory.resolve("out"));

    assertThat(written).containsExactly(directory.resolve("out/findings"));
    Path tensors = written.get(0).resolve("model.safetensors");
    assertThat(TensorFile.open(tensors).entries())
        .containsKeys("resnet.bn1.num_batches_tracked", "resnet.layer2.0.downsample.1.running_var");
    assertThat(logits(config, tensors)).isEqualTo(logits(config, weights));
    JsonNode said = new ObjectMapper().readTree(written.get(0).resolve("config.json").toFile());
    assertThat(said.get("encoder").asText()).isEqualTo("convolutional");
    assertThat(said.get("residual_blocks")).hasSize(2);
  }

  @Test
  void shouldClassifyAStudyOfOneViewInTimmUnderTheReleasedFusion() throws IOException {
    ModelConfig config = scoring(SmallNetworks.released(0));

    JsonNode said = shouldClassifyInTimm(config);

    assertThat(said.get("global_pool").asText()).isEqualTo("token");
  }

  @Test
  void shouldClassifyAViewInTimmWithoutFusionAndRecurrence() throws IOException {
    ModelConfig config =
        scoring(
            SmallNetworks.with(
                SmallNetworks.with(SmallNetworks.paper(0), Recurrence.NONE),
                new Fusion(FusionKind.NONE, 1)));

    JsonNode said = shouldClassifyInTimm(config);

    assertThat(said.at("/model_args/global_pool").asText()).isEqualTo("avg");
    assertThat(said.at("/model_args/fc_norm").asBoolean(true)).isFalse();
  }

  /** By its pooling and its head, on the outputs of the transformer. */
  private JsonNode shouldClassifyInTimm(ModelConfig config) throws IOException {
    Path weights = saved(config);

    Path written = export(config).writeTimm(weights, directory.resolve("out"), PREPARATION);

    JsonNode said = new ObjectMapper().readTree(written.resolve("config.json").toFile());
    assertThat(said.get("num_classes").asInt()).isEqualTo(FINDINGS.size());
    assertThat(said.get("label_names")).hasSize(FINDINGS.size());
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      RefersNetwork network = network(config, weights, manager);
      int width = network.radiograph().width();
      SavedWeights timm = SavedWeights.open(manager, written.resolve("model.safetensors"));
      NDArray head = timm.value("head.weight", new Shape(FINDINGS.size(), width), null);
      NDArray bias = timm.value("head.bias", new Shape(FINDINGS.size()), null);
      ImageEncoder.Output seen =
          network.radiograph().apply(manager.create(view(), new Shape(1, 32, 32)));
      NDArray pooled =
          said.get("global_pool").asText().equals("avg")
              ? seen.patches().mean(new int[] {1})
              : seen.aggregated();
      assertThat(pooled.matMul(head.transpose()).add(bias).toFloatArray())
          .containsExactly(logits(config, weights), within(1e-5f));
    }
    return said;
  }

  @Test
  void shouldGiveTimmFeaturesAloneWhereTheFusionIsNotLinear() throws IOException {
    ModelConfig config = scoring(SmallNetworks.paper(0));

    Path written = export(config).writeTimm(saved(config), directory.resolve("out"), PREPARATION);

    JsonNode said = new ObjectMapper().readTree(written.resolve("config.json").toFile());
    assertThat(said.get("num_classes").asInt()).isZero();
    assertThat(TensorFile.open(written.resolve("model.safetensors")).entries().keySet())
        .noneMatch(name -> name.startsWith("head"));
  }

  private static ModelConfig scoring(ModelConfig config) {
    return SmallNetworks.with(
        config, new Objectives(0, 0, 1, 0.1, 1, Objectives.LanguageMean.REPORT), FINDINGS);
  }

  private Path saved(ModelConfig config) throws IOException {
    Path weights = directory.resolve("model.safetensors");
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(config, new OptimizerConfig(0, 0, 0), Compute.PLAIN, ComputeDevice.cpu()),
            1)) {
      training.save(weights, directory.resolve("optimizer.safetensors"));
    }
    return weights;
  }

  private static HuggingFaceExport export(ModelConfig config) {
    Map<String, byte[]> preprocessor =
        Map.of("preprocessor_config.json", "{\"side\":32}".getBytes(StandardCharsets.UTF_8));
    return new HuggingFaceExport(config, 0, 1, new Beside(Map.of(), Map.of(), preprocessor));
  }

  private static RefersNetwork network(ModelConfig config, Path weights, NDManager manager)
      throws IOException {
    return RefersNetwork.of(
        manager,
        config,
        ObjectiveList.parts(config),
        SavedWeights.open(manager, weights),
        new Arithmetic.Plain());
  }

  /** Of a study of one view. */
  private static float[] logits(ModelConfig config, Path weights) throws IOException {
    float[] study = new float[ViewFusion.VIEWS * view().length];
    for (int place = 0; place < study.length; place++) {
      study[place] = view()[place % view().length];
    }
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      RefersNetwork network = network(config, weights, manager);
      NDArray vectors = network.study(manager, study, 1).vectors();
      return network.labels().orElseThrow().apply(vectors).mean(new int[] {1}).toFloatArray();
    }
  }

  private static float[] view() {
    return Arrays.copyOf(SmallNetworks.batch(1, 2).images(), SIDE * SIDE);
  }
}
