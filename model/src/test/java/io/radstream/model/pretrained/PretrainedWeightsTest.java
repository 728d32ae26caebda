package io.radstream.model.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.Learning;
import io.radstream.model.RefersTraining;
import io.radstream.model.SmallNetworks;
import io.radstream.model.config.Compute;
import io.radstream.model.config.InitialWeights;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.pretrained.WeightOrigin.Kind;
import io.radstream.model.weights.SeededWeights;
import io.radstream.model.weights.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainedWeightsTest {

  private static final ModelConfig ADDED = SmallNetworks.released(0);
  private static final ModelConfig CONCATENATED = SmallNetworks.paper(0);
  private static final Radiograph VIT = ADDED.radiograph();
  private static final ModelConfig.Encoder BERT = ADDED.text();
  private static final int GRID = VIT.imageSize() / VIT.patchSize();
  private static final int SEED = 5;
  private static final String KERNEL = "vit.embeddings.patch_embeddings.projection.weight";
  private static final String PLACES = "vit.embeddings.position_embeddings";
  private static final String WORDS = "bert.embeddings.word_embeddings.weight";

  /** Of the network: w0, w1, … */
  private static final List<String> TOKENS =
      IntStream.range(0, BERT.vocabulary()).mapToObj(i -> "w" + i).toList();

  @TempDir private Path directory;
  private final List<WeightOrigin> origins = new ArrayList<>();
  private NDManager manager;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @AfterEach
  void closeManager() {
    if (manager != null) {
      manager.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "vit."})
  void shouldTakeAViT(String prefix) throws IOException {
    PublicDirectory vit = vit(prefix, VIT.layers(), GRID, 1);

    RefersNetwork network = start(ADDED, vit.write(), null);

    assertThat(values(network, "vit.encoder.layer.1.attention.attention.query.weight"))
        .isEqualTo(values(vit, prefix + "encoder.layer.1.attention.attention.query.weight"));
    assertThat(values(network, KERNEL))
        .isEqualTo(values(vit, prefix + "embeddings.patch_embeddings.projection.weight"));
    assertThat(of(Kind.SKIPPED)).containsExactly("classifier.weight", "classifier.bias");
    assertThat(of(Kind.USED)).hasSize(vit.tensors().size() - 2);
    assertThat(of(Kind.SEEDED)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bert."})
  void shouldTakeABertWithTheNamesOfTensorFlow(String prefix) throws IOException {
    PublicDirectory bert = bert(prefix, BERT.layers(), BERT.vocabulary(), BERT.maxTokens());

    RefersNetwork network = start(ADDED, null, bert.write());

    assertThat(values(network, "bert.encoder.layer.0.output.LayerNorm.weight"))
        .isEqualTo(values(bert, prefix + "encoder.layer.0.output.LayerNorm.gamma"));
    assertThat(values(network, "bert.embeddings.LayerNorm.bias"))
        .isEqualTo(values(bert, prefix + "embeddings.LayerNorm.beta"));
    assertThat(values(network, WORDS))
        .isEqualTo(values(bert, prefix + "embeddings.word_embeddings.weight"));
    assertThat(of(Kind.SKIPPED))
        .containsExactly(
            "cls.predictions.transform.dense.weight", "cls.predictions.transform.dense.bias");
  }

  @Test
  void shouldTellOfEveryTensorOnce() throws IOException {
    PublicDirectory vit = vit("vit.", VIT.layers() + 1, GRID, 3);
    PublicDirectory bert = bert("bert.", BERT.layers(), 7, 5);

    start(CONCATENATED, vit.write(), bert.write());

    List<String> all = new ArrayList<>(vit.tensors().keySet());
    all.addAll(bert.tensors().keySet());
    assertThat(origins)
        .filteredOn(origin -> origin.kind() != Kind.DERIVED && origin.kind() != Kind.SEEDED)
        .extracting(WeightOrigin::name)
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @ParameterizedTest
  @EnumSource(TensorType.class)
  void shouldConvertTypes(TensorType type) throws IOException {
    PublicDirectory vit = vit("", VIT.layers(), GRID, 1);

    RefersNetwork network = start(ADDED, vit.write(type), null);

    assertThat(values(network, "vit.embeddings.cls_token"))
        .isEqualTo(values(vit, "embeddings.cls_token"));
  }

  @Test
  void shouldAnswerToGrayAsTheChannelsTogether() throws IOException {
    PublicDirectory vit = vit("", VIT.layers(), GRID, 3);

    RefersNetwork network = start(ADDED, vit.write(), null);

    float[] kernel = values(network, KERNEL);
    float[] color = values(vit, "embeddings.patch_embeddings.projection.weight");
    int pixels = VIT.patchSize() * VIT.patchSize();
    for (int i = 0; i < kernel.length; i++) {
      int red = i / pixels * 3 * pixels + i % pixels;
      assertThat(kernel[i]).isEqualTo(color[red] + color[red + pixels] + color[red + 2 * pixels]);
    }
    assertThat(of(Kind.FOLDED)).containsExactly("embeddings.patch_embeddings.projection.weight");
  }

  @Test
  void shouldKeepItsOwnKernelsForPatchesOfAnotherSize() throws IOException {
    Radiograph finer = radiograph(32, 4);

    RefersNetwork network = start(with(ADDED, finer), vit("", VIT.layers(), GRID, 1).write(), null);

    assertThat(values(network, KERNEL)).isEqualTo(seeded(with(ADDED, finer), KERNEL));
    assertThat(origins)
        .contains(
            new WeightOrigin(
                WeightOrigin.Part.RADIOGRAPH,
                "embeddings.patch_embeddings.projection.weight",
                Kind.SKIPPED,
                "its patches have 8 pixels a side, model.radiograph.patchSize is 4"));
  }

  @Test
  void shouldResizePlacesAndKeepThatOfTheAggregation() throws IOException {
    PublicDirectory vit = vit("", VIT.layers(), 2, 1);
    int width = VIT.width();
    float[] places = values(vit, "embeddings.position_embeddings");
    RefersNetwork network = start(ADDED, vit.write(), null);

    float[] resized = values(network, PLACES);
    assertThat(Arrays.copyOf(resized, width)).isEqualTo(Arrays.copyOf(places, width));
    float[] expected =
        new PlaceResize(2, GRID).apply(Arrays.copyOfRange(places, width, places.length), width);
    assertThat(Arrays.copyOfRange(resized, width, resized.length)).isEqualTo(expected);
    assertThat(of(Kind.RESIZED)).containsExactly("embeddings.position_embeddings");
  }

  @Test
  void shouldStartConcatenationAsTheViTThatAdds() throws IOException {
    Path vit = vit("", VIT.layers(), GRID, 1).write();
    ModelConfig concatenated = with(CONCATENATED, radiograph(32, 8, CONCATENATED.radiograph()));
    ModelConfig added = with(CONCATENATED, radiograph(32, 8, VIT));

    float[] answer = aggregated(start(concatenated, vit, null));

    assertThat(answer).containsExactly(aggregated(start(added, vit, null)), within(1e-5f));
    assertThat(of(Kind.DERIVED))
        .containsExactly(
            "vit.embeddings.position_concatenation.weight",
            "vit.embeddings.position_concatenation.bias");
  }

  @Test
  void shouldCutPlacesAndKeepSeededOnesBehind() throws IOException {
    int width = BERT.width();
    String name = "bert.embeddings.position_embeddings.weight";
    Path longer = bert("longer/", "", BERT.maxTokens() + 4).write();
    PublicDirectory few = bert("few/", "", 5);

    float[] cut = values(start(ADDED, null, longer), name);
    float[] kept = values(start(ADDED, null, few.write()), name);

    float[] seeded = seeded(ADDED, name);
    assertThat(cut).hasSameSizeAs(seeded).isNotEqualTo(seeded);
    assertThat(Arrays.copyOf(kept, 5 * width))
        .isEqualTo(values(few, "embeddings.position_embeddings.weight"));
    assertThat(Arrays.copyOfRange(kept, 5 * width, kept.length))
        .isEqualTo(Arrays.copyOfRange(seeded, 5 * width, seeded.length));
    assertThat(origins)
        .filteredOn(origin -> origin.kind() == Kind.RESIZED)
        .extracting(WeightOrigin::detail)
        .containsExactly("the first 12 of 16 places", "5 places; the other 7 stay as seeded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vocab.txt", "tokenizer.json"})
  void shouldFindWordsByTheirTokens(String file) throws IOException {
    PublicDirectory bert = bert("", BERT.layers(), 3, BERT.maxTokens());
    Files.writeString(
        bert.path().resolve(file),
        file.equals("vocab.txt")
            ? "other\nw7\nw2\nw1\n"
            : "{\"model\": {\"vocab\": {\"other\": 0, \"w7\": 1, \"w2\": 2, \"w1\": 3}}}");

    RefersNetwork network = start(ADDED, null, bert.write());

    float[] words = values(network, WORDS);
    float[] theirs = values(bert, "embeddings.word_embeddings.weight");
    assertThat(row(words, 7)).isEqualTo(row(theirs, 1));
    assertThat(row(words, 2)).isEqualTo(row(theirs, 2));
    // Its id lies behind the last row.
    assertThat(row(words, 1)).isEqualTo(row(seeded(ADDED, WORDS), 1));
    assertThat(origins)
        .extracting(WeightOrigin::detail)
        .contains("rows of 2 of 60 tokens; the other 58 stay as seeded");
  }

  @Test
  void shouldNotTakeWordsWhoseTokensItCannotTell() throws IOException {
    RefersNetwork network =
        start(ADDED, null, bert("", BERT.layers(), 3, BERT.maxTokens()).write());

    assertThat(values(network, WORDS)).isEqualTo(seeded(ADDED, WORDS));
    assertThat(of(Kind.SKIPPED)).contains("embeddings.word_embeddings.weight");
  }

  @Test
  void shouldSkipBlocksItDoesNotHave() throws IOException {
    start(ADDED, vit("", VIT.layers() + 1, GRID, 1).write(), null);

    assertThat(origins)
        .filteredOn(origin -> origin.name().startsWith("encoder.layer.2."))
        .hasSize(16)
        .allSatisfy(origin -> assertThat(origin.detail()).isEqualTo("this network has 2 blocks"));
  }

  @Test
  void shouldSeedBlocksThatThePublicNetworkDoesNotHave() throws IOException {
    String name = "vit.encoder.layer.1.output.dense.weight";

    RefersNetwork network = start(ADDED, vit("", 1, GRID, 1).write(), null, true);

    assertThat(values(network, name)).isEqualTo(seeded(ADDED, name));
    assertThat(of(Kind.SEEDED)).hasSize(16).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "vit.",
        "module.",
        "module.vit.",
        "model.",
        "encoder.",
        "backbone.",
        "0.",
        "encoder.vit."
      })
  void shouldTakeTheNamesOfEveryLibraryBehindAnyPrefix(String prefix) throws IOException {
    PublicDirectory four = vit(prefix, VIT.layers(), GRID, 1);
    float[] expected = aggregated(start(ADDED, four.write(), null));

    for (PublicDirectory other :
        List.of(four.inTheNamesOfTransformers5(), four.inTheNamesOfTimm())) {
      origins.clear();
      float[] answer = aggregated(start(ADDED, other.write(), null));

      assertThat(answer).isEqualTo(expected);
      assertThat(of(Kind.SEEDED)).isEmpty();
      assertThat(of(Kind.SKIPPED)).containsExactly("classifier.weight", "classifier.bias");
      assertThat(of(Kind.USED)).hasSize(other.tensors().size() - 2);
    }
  }

  @Test
  void shouldReadTheConfigurationOfTimm() throws IOException {
    PublicDirectory timm =
        vit("", VIT.layers(), GRID, 1)
            .inTheNamesOfTimm()
            .configured(
                Map.of(
                    "architecture",
                    "vit_tiny_patch16_224",
                    "model_args",
                    Map.of("num_heads", VIT.heads())));

    start(ADDED, timm.write(), null);

    assertThat(of(Kind.SEEDED)).isEmpty();
  }

  @Test
  void shouldTakeABertWithoutPooler() throws IOException {
    PublicDirectory bert = bert("bert.", BERT.layers(), BERT.vocabulary(), BERT.maxTokens());
    bert.without("bert.pooler.dense.weight").without("bert.pooler.dense.bias");

    start(ADDED, null, bert.write());

    assertThat(of(Kind.SEEDED))
        .containsExactly("bert.pooler.dense.weight", "bert.pooler.dense.bias");
  }

  @Test
  void shouldTakeAttentionWithoutBiases() throws IOException {
    PublicDirectory vit = vit("", VIT.layers(), GRID, 1);
    vit.tensors().keySet().removeIf(name -> name.matches(".*(query|key|value)\\.bias"));

    RefersNetwork network = start(ADDED, vit.write(), null);

    assertThat(values(network, "vit.encoder.layer.0.attention.attention.query.bias"))
        .containsOnly(0);
    assertThat(of(Kind.DERIVED)).hasSize(3 * VIT.layers());
  }

  @Test
  void shouldLeaveTheOtherPartsAsTheyWouldBeWithout() throws IOException {
    RefersNetwork network = start(ADDED, vit("", VIT.layers(), GRID, 1).write(), null);

    assertThat(values(network, WORDS)).isEqualTo(seeded(ADDED, WORDS));
    assertThat(origins)
        .allSatisfy(o -> assertThat(o.part()).isEqualTo(WeightOrigin.Part.RADIOGRAPH));
  }

  @Test
  void shouldTakeWeightsFromShards() throws IOException {
    PublicDirectory vit = vit("", VIT.layers(), GRID, 1);

    RefersNetwork network = start(ADDED, vit.writeShards(), null);

    assertThat(values(network, "vit.layernorm.weight")).isEqualTo(values(vit, "layernorm.weight"));
    assertThat(of(Kind.SEEDED)).isEmpty();
  }

  @Test
  void shouldTrainFromPublicWeights() throws IOException {
    InitialWeights initial =
        new InitialWeights(
            vit("", VIT.layers(), GRID, 3).write().toString(),
            bert("", BERT.layers(), 60, BERT.maxTokens()).write().toString());
    StudyBatch batch = SmallNetworks.batch(3, 1);
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(
                CONCATENATED, new OptimizerConfig(0.9, 0, 1), Compute.PLAIN, ComputeDevice.best()),
            SEED,
            PretrainedWeights.open(initial, CONCATENATED, TOKENS),
            origins::add)) {
      double first = training.step(batch, new LearningRates(0.01, 0.01), 0).loss();

      for (int step = 1; step < 20; step++) {
        training.step(batch, new LearningRates(0.01, 0.01), step);
      }

      assertThat(training.evaluate(batch).losses().of("language").orElseThrow()).isFinite();
      assertThat(training.step(batch, new LearningRates(0.01, 0.01), 20).loss()).isLessThan(first);
    }
  }

  @Test
  void shouldSayWhatElseDiffers() throws IOException {
    PublicDirectory vit = vit("", VIT.layers(), GRID, 1).with("layer_norm_eps", 1e-6);
    InitialWeights initial = new InitialWeights(vit.write().toString(), "");

    List<String> remarks = PretrainedWeights.open(initial, CONCATENATED, TOKENS).remarks();

    assertThat(remarks)
        .hasSize(2)
        .satisfies(r -> assertThat(r.get(0)).endsWith("activation gelu, this network has relu"))
        .satisfies(r -> assertThat(r.get(1)).contains("layer_norm_eps 1.0E-6"));
  }

  @Test
  void shouldRefuseATensorOfAnotherShapeThanItsConfigurationSays() throws IOException {
    Radiograph wider =
        new Radiograph(32, 8, 48, 2, 2, 48, VIT.activation(), VIT.positions(), VIT.recurrence());
    Path vit =
        PublicDirectory.vit(directory, "", wider, 2, GRID, 1).with("hidden_size", 24).write();

    assertThatThrownBy(() -> start(ADDED, vit, null))
        .hasMessageContaining("tensor embeddings.patch_embeddings.projection.weight of")
        .hasMessageContaining("has shape (48, 1, 8, 8), but this network needs (24, 1, 8, 8)");
  }

  private PublicDirectory vit(String prefix, int layers, int grid, int channels)
      throws IOException {
    return PublicDirectory.vit(directory.resolve("vit"), prefix, VIT, layers, grid, channels);
  }

  private PublicDirectory bert(String prefix, int layers, int words, int places)
      throws IOException {
    return PublicDirectory.bert(directory.resolve("bert"), prefix, BERT, layers, words, places);
  }

  private PublicDirectory bert(String folder, String prefix, int places) throws IOException {
    return PublicDirectory.bert(
        directory.resolve(folder), prefix, BERT, BERT.layers(), BERT.vocabulary(), places);
  }

  private RefersNetwork start(ModelConfig config, Path radiograph, Path text) throws IOException {
    return start(config, radiograph, text, false);
  }

  private RefersNetwork start(ModelConfig config, Path radiograph, Path text, boolean partial)
      throws IOException {
    PretrainedWeights weights =
        PretrainedWeights.open(
            new InitialWeights(
                radiograph == null ? "" : radiograph.toString(),
                text == null ? "" : text.toString(),
                "",
                partial),
            config,
            TOKENS);
    if (manager == null) {
      manager = ComputeDevice.best().newManager();
    }
    PretrainedSource source = weights.source(new SeededWeights(manager, SEED), origins::add);
    RefersNetwork network =
        RefersNetwork.of(
            manager, config, ObjectiveList.parts(config), source, new Arithmetic.Plain());
    source.finish();
    return network;
  }

  private float[] aggregated(RefersNetwork network) {
    NDArray images =
        manager.create(
            Arrays.copyOf(SmallNetworks.batch(1, 2).images(), 2 * 32 * 32),
            new ai.djl.ndarray.types.Shape(2, 32, 32));
    return network.radiograph().apply(images).aggregated().toFloatArray();
  }

  private float[] seeded(ModelConfig config, String name) {
    return values(
        RefersNetwork.of(
            manager,
            config,
            ObjectiveList.parts(config),
            new SeededWeights(manager, SEED),
            new Arithmetic.Plain()),
        name);
  }

  private static float[] values(RefersNetwork network, String name) {
    return network.weights().parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value()
        .toFloatArray();
  }

  private static float[] values(PublicDirectory directory, String name) {
    return directory.tensors().get(name).values();
  }

  private static float[] row(float[] table, int row) {
    return Arrays.copyOfRange(table, row * BERT.width(), (row + 1) * BERT.width());
  }

  private List<String> of(Kind kind) {
    return origins.stream().filter(o -> o.kind() == kind).map(WeightOrigin::name).toList();
  }

  private static Radiograph radiograph(int side, int patch) {
    return radiograph(side, patch, VIT);
  }

  private static Radiograph radiograph(int side, int patch, Radiograph like) {
    return new Radiograph(
        side,
        patch,
        VIT.width(),
        VIT.layers(),
        VIT.heads(),
        VIT.mlp(),
        VIT.activation(),
        like.positions(),
        like.recurrence());
  }

  private static ModelConfig with(ModelConfig config, Radiograph radiograph) {
    return new ModelConfig(
        radiograph,
        config.fusion(),
        config.report(),
        config.text(),
        config.objectives(),
        config.findings());
  }
}
