package io.radstream.model.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import io.radstream.model.config.InitialWeights;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.PatchPositions;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelVariant;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.layers.Linear;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.TextEncoder;
import io.radstream.model.network.TokenBatch;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.pretrained.HuggingFaceExport.Beside;
import io.radstream.model.pretrained.WeightOrigin.Kind;
import io.radstream.model.weights.SavedWeights;
import io.radstream.model.weights.SeededWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HuggingFaceExportTest {

  private static final int PADDING = 4;
  private static final PicturePreparation PREPARATION = new PicturePreparation(37, 32, 0.5f, 0.25f);

  @TempDir private Path directory;
  private Path weights;
  private Path out;
  private NDManager manager;

  @BeforeEach
  void openManager() {
    TorchEngine.start(1);
    manager = ComputeDevice.best().newManager();
    weights = directory.resolve("model.safetensors");
    out = directory.resolve("out");
  }

  @AfterEach
  void closeManager() {
    manager.close();
  }

  @ParameterizedTest
  @EnumSource(ModelVariant.class)
  void shouldComeBackAsTheSameEncoders(ModelVariant variant) throws IOException {
    ModelConfig config = config(variant);
    RefersNetwork trained = trained(config);

    export(config);

    RefersNetwork back = initialised(config, new ArrayList<>());
    assertThat(radiographs(back)).containsExactly(radiographs(trained), within(1e-5f));
    assertThat(pooled(back)).containsExactly(pooled(trained), within(1e-6f));
  }

  @Test
  void shouldAddPlacesAsTheNetworkConcatenatesThem() throws IOException {
    ModelConfig config = config(ModelVariant.PAPER);
    RefersNetwork trained = trained(config);

    export(config);

    List<WeightOrigin> origins = new ArrayList<>();
    RefersNetwork added = initialised(adding(config), origins);
    assertThat(radiographs(added)).containsExactly(radiographs(trained), within(1e-5f));
    assertThat(origins).extracting(WeightOrigin::kind).containsOnly(Kind.USED);
  }

  @Test
  void shouldAnswerToGrayInColorAsToGray() throws IOException {
    ModelConfig config = config(ModelVariant.RELEASED);
    RefersNetwork trained = trained(config);

    new HuggingFaceExport(
            config,
            PADDING,
            3,
            new Beside(
                Map.of("preprocessor_config.json", "{}".getBytes(StandardCharsets.UTF_8)),
                Map.of("tokenizer.json", "{}".getBytes(StandardCharsets.UTF_8)),
                Map.of()))
        .write(weights, out);

    List<WeightOrigin> origins = new ArrayList<>();
    assertThat(radiographs(initialised(config, origins))).isEqualTo(radiographs(trained));
    assertThat(origins).extracting(WeightOrigin::kind).contains(Kind.FOLDED);
    assertThat(out.resolve("vit/preprocessor_config.json")).hasContent("{}");
    JsonNode vit = new ObjectMapper().readTree(out.resolve("vit/config.json").toFile());
    assertThat(vit.get("num_channels").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(ModelVariant.class)
  void shouldComeBackFromTimmsNamesAsTheSame(ModelVariant variant) throws IOException {
    ModelConfig config = config(variant);
    RefersNetwork trained = trained(config);

    Path written =
        new HuggingFaceExport(config, PADDING, Map.of()).writeTimm(weights, out, PREPARATION);

    RefersNetwork back =
        initialised(config, new InitialWeights(written.toString(), ""), new ArrayList<>());
    assertThat(radiographs(back)).containsExactly(radiographs(trained), within(1e-5f));
    assertThat(names(written.resolve("model.safetensors")))
        .contains("cls_token", "pos_embed", "patch_embed.proj.weight", "blocks.0.attn.qkv.bias")
        .contains("blocks.0.mlp.fc1.weight", "norm.bias")
        .noneMatch(name -> name.contains("embeddings"));
    JsonNode timm = new ObjectMapper().readTree(written.resolve("config.json").toFile());
    assertThat(timm.at("/model_args/in_chans").asInt()).isEqualTo(1);
    assertThat(timm.at("/pretrained_cfg/mean/0").asDouble()).isEqualTo(0.5);
  }

  @Test
  void shouldDescribeTheModels() throws IOException {
    ModelConfig config = config(ModelVariant.PAPER);
    trained(config);

    List<Path> written = export(config);

    assertThat(written).containsExactly(out.resolve("vit"), out.resolve("bert"));
    JsonNode vit = new ObjectMapper().readTree(out.resolve("vit/config.json").toFile());
    assertThat(vit.get("hidden_act").asText()).isEqualTo("relu");
    assertThat(vit.get("num_channels").asInt()).isEqualTo(1);
    JsonNode bert = new ObjectMapper().readTree(out.resolve("bert/config.json").toFile());
    assertThat(bert.get("pad_token_id").asInt()).isEqualTo(PADDING);
    assertThat(bert.get("vocab_size").asInt()).isEqualTo(config.text().vocabulary());
    assertThat(out.resolve("bert/tokenizer.json")).hasContent("{}");
  }

  @Test
  void shouldExportWhatThereIs() throws IOException {
    ModelConfig config =
        SmallNetworks.with(
            config(ModelVariant.PAPER),
            new Objectives(0, 1, 0, 0.1, 1, Objectives.LanguageMean.REPORT),
            List.of());
    trained(config);

    List<Path> written = export(config);

    assertThat(written).containsExactly(out.resolve("vit"));
  }

  @Test
  void shouldNotWriteOverWhatIsThere() throws IOException {
    ModelConfig config = config(ModelVariant.PAPER);
    trained(config);
    Files.createDirectories(out.resolve("bert"));

    assertThatThrownBy(() -> export(config)).isInstanceOf(FileAlreadyExistsException.class);

    assertThat(out.resolve("vit")).doesNotExist();
  }

  @Test
  void shouldNameATensorThatIsMissing() throws IOException {
    trained(config(ModelVariant.RELEASED));

    assertThatThrownBy(() -> export(config(ModelVariant.PAPER)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("vit.embeddings.position_concatenation.weight");
  }

  /** Of the tensors, by the file's header. */
  private static List<String> names(Path safetensors) throws IOException {
    byte[] bytes = Files.readAllBytes(safetensors);
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    List<String> names = new ArrayList<>();
    new ObjectMapper()
        .readTree(bytes, Long.BYTES, length)
        .fieldNames()
        .forEachRemaining(names::add);
    return names;
  }

  private static ModelConfig config(ModelVariant variant) {
    return switch (variant) {
      case PAPER -> SmallNetworks.paper(0);
      case RELEASED -> SmallNetworks.released(0);
    };
  }

  private static ModelConfig adding(ModelConfig config) {
    Radiograph old = config.radiograph();
    return new ModelConfig(
        new Radiograph(
            old.imageSize(),
            old.patchSize(),
            old.width(),
            old.layers(),
            old.heads(),
            old.mlp(),
            old.activation(),
            PatchPositions.ADDED,
            old.recurrence()),
        config.fusion(),
        config.report(),
        config.text(),
        config.objectives(),
        config.findings());
  }

  /** Weights of every kind differ from what they are seeded with. */
  private RefersNetwork trained(ModelConfig config) throws IOException {
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(config, new OptimizerConfig(0, 0, 0), Compute.PLAIN, ComputeDevice.best()),
            1)) {
      StudyBatch batch = SmallNetworks.batch(3, 1);
      for (int step = 0; step < 3; step++) {
        training.step(batch, new LearningRates(0.1, 0.1), step);
      }
      training.save(weights, directory.resolve("optimizer.safetensors"));
    }
    return RefersNetwork.of(
        manager,
        config,
        ObjectiveList.parts(config),
        SavedWeights.open(manager, weights),
        new Arithmetic.Plain());
  }

  private List<Path> export(ModelConfig config) throws IOException {
    Map<String, byte[]> tokenizer = Map.of("tokenizer.json", "{}".getBytes(StandardCharsets.UTF_8));
    return new HuggingFaceExport(config, PADDING, tokenizer).write(weights, out);
  }

  private RefersNetwork initialised(ModelConfig config, List<WeightOrigin> origins)
      throws IOException {
    Files.delete(out.resolve("bert/tokenizer.json"));
    return initialised(
        config,
        new InitialWeights(out.resolve("vit").toString(), out.resolve("bert").toString()),
        origins);
  }

  private RefersNetwork initialised(
      ModelConfig config, InitialWeights initial, List<WeightOrigin> origins) throws IOException {
    PretrainedSource source =
        PretrainedWeights.open(initial, config, List.of())
            .source(new SeededWeights(manager, 77), origins::add);
    RefersNetwork network =
        RefersNetwork.of(
            manager, config, ObjectiveList.parts(config), source, new Arithmetic.Plain());
    source.finish();
    return network;
  }

  private float[] radiographs(RefersNetwork network) {
    float[] pixels = Arrays.copyOf(SmallNetworks.batch(1, 2).images(), 2 * 32 * 32);
    return network
        .radiograph()
        .apply(manager.create(pixels, new Shape(2, 32, 32)))
        .aggregated()
        .toFloatArray();
  }

  /** In front of the projection, which is not public. */
  private float[] pooled(RefersNetwork network) {
    TextEncoder text = network.text().orElseThrow();
    int width = text.config().width();
    Linear identity =
        new Linear(manager.eye(width), manager.zeros(new Shape(width)), new Arithmetic.Plain());
    TokenBatch tokens = TokenBatch.of(manager, new int[][] {{2, 7, 9, 3}, {2, 11, 3}}, 12);
    NDArray pooled =
        new TextEncoder(
                text.config(),
                text.words(),
                text.positions(),
                text.segments(),
                text.norm(),
                text.blocks(),
                text.pooler(),
                identity)
            .apply(tokens, false);
    return pooled.toFloatArray();
  }
}
