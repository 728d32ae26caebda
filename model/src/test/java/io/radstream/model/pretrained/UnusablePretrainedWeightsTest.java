package io.radstream.model.pretrained;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.model.Learning;
import io.radstream.model.RefersTraining;
import io.radstream.model.SmallNetworks;
import io.radstream.model.config.Compute;
import io.radstream.model.config.InitialWeights;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.weights.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories that a network cannot start from, and what is said of them. */
class UnusablePretrainedWeightsTest {

  private static final ModelConfig CONFIG = SmallNetworks.released(0);

  @TempDir private Path directory;

  @Test
  void shouldSayBothWidthsAndWhatToSet() throws IOException {
    Radiograph radiograph = CONFIG.radiograph();
    vit().with("hidden_size", 768).with("num_attention_heads", 12).write();

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "hidden_size is 768 where model.radiograph.width is " + radiograph.width())
        .hasMessageContaining("set model.radiograph.width=768 and model.radiograph.heads=12");
  }

  @Test
  void shouldSayWhatAConfigurationLacks() throws IOException {
    vit().with("hidden_size", "wide").write();

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no number hidden_size");
  }

  @Test
  void shouldRefuseAnotherKindOfModel() throws IOException {
    vit().with("model_type", "roberta").write();

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds a model of type roberta, but a vit is needed");
  }

  @Test
  void shouldNotReadAPickleButSayHowToConvertIt() throws IOException {
    vit().writeConfig();
    Files.write(directory.resolve("pytorch_model.bin"), new byte[] {1});

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("only pytorch_model.bin")
        .hasMessageContaining("save_pretrained");
  }

  @Test
  void shouldSayWhatIsMissing() throws IOException {
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has neither model.safetensors nor model.safetensors.index.json");
    Files.delete(vit().write().resolve("config.json"));
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("config.json");
  }

  @Test
  void shouldRefuseADirectoryThatIsNone() {
    InitialWeights initial = new InitialWeights(directory.resolve("absent").toString(), "");

    assertThatThrownBy(() -> PretrainedWeights.open(initial, CONFIG, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not a directory");
  }

  @Test
  void shouldRefuseATextThatNoPartReads() throws IOException {
    ModelConfig withoutText =
        SmallNetworks.with(
            CONFIG, new Objectives(0, 1, 0, 0.1, 1, Objectives.LanguageMean.REPORT), List.of());

    assertThatThrownBy(
            () -> PretrainedWeights.open(new InitialWeights("", "x"), withoutText, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("model.objectives.contrastive");
  }

  @Test
  void shouldRefuseATruncatedFile() throws IOException {
    Path file = vit().write().resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 4, 100, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));

      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("model.safetensors is not a whole safetensors file");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "{}{}",
        "{'embeddings.cls_token': 1}",
        "{'embeddings.cls_token': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0]}}",
        "{'embeddings.cls_token': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 4]}}",
        "{'embeddings.cls_token': {'dtype': 'F32', 'shape': [-2], 'data_offsets': [0, 8]}}",
        "{'embeddings.cls_token': {'dtype': 'F32', 'shape': [0.5], 'data_offsets': [0, 8]}}",
        "{'embeddings.cls_token': {'dtype': 'F32', 'shape': [2], 'data_offsets': [8, 16]}}",
        "{'embeddings.cls_token': {'dtype': 'F32', 'shape': [2], 'data_offsets': [8, 0]}}",
        "{'embeddings.cls_token': {'dtype': 'I8', 'shape': [2], 'data_offsets': [0, 9]}}",
        "{'embeddings.cls_token': {'dtype': 'F32', 'data_offsets': [0, 8]}}",
        "{'embeddings.cls_token': {'dtype': 'F32', 'shape': [4294967296, 4294967296],"
            + " 'data_offsets': [0, 0]}}",
        "{'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 8]},"
            + " 'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 8]}}",
        "{'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 8]},"
            + " 'b': {'dtype': 'F32', 'shape': [1], 'data_offsets': [4, 8]}}"
      })
  void shouldRefuseAHostileHeader(String header) throws IOException {
    vit().writeConfig();
    Files.write(
        directory.resolve("model.safetensors"),
        PublicDirectory.file(header.replace('\'', '"'), new byte[8]));

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("model.safetensors is not a whole safetensors file");
  }

  @Test
  void shouldRefuseNumbersThatAreNone() throws IOException {
    PublicDirectory vit = vit();
    vit.tensors().get("layernorm.bias").values()[1] = Float.NaN;
    vit.write();

    assertThatThrownBy(this::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tensor layernorm.bias of")
        .hasMessageContaining("not finite");
  }

  @Test
  void shouldRefuseWeightsThatAreIntegers() throws IOException {
    vit().writeConfig();
    Files.write(
        directory.resolve("model.safetensors"),
        PublicDirectory.file(
            "{\"embeddings.cls_token\":{\"dtype\":\"I8\",\"shape\":[8],\"data_offsets\":[0,8]}}",
            new byte[8]));

    assertThatThrownBy(this::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tensor embeddings.cls_token of")
        .hasMessageContaining("type");
  }

  @Test
  void shouldRefuseTwoTensorsForOneWeight() throws IOException {
    PublicDirectory vit = vit();
    vit.tensors().put("vit.layernorm.bias", vit.tensors().get("layernorm.bias"));
    vit.write();

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("two tensors for vit.layernorm.bias");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../model.safetensors", "/model.safetensors", "..", "", "a\0b"})
  void shouldNotLetAnIndexLeadElsewhere(String shard) throws IOException {
    PublicDirectory vit = vit();
    vit.writeConfig();
    vit.writeIndex(Map.of("layernorm.bias", shard));

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not that of a file beside it");
  }

  @Test
  void shouldNameWhatAnIndexPromisesInVain() throws IOException {
    PublicDirectory vit = vit();
    Files.move(vit.write().resolve("model.safetensors"), directory.resolve("one.safetensors"));
    vit.writeIndex(Map.of("embeddings.absent", "one.safetensors"));

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("one.safetensors has no tensor embeddings.absent");
  }

  @Test
  void shouldNotLetBlocksStartAtRandom() throws IOException {
    PublicDirectory vit = vit();
    String block = "encoder.layer.1.";
    for (String name : List.copyOf(vit.tensors().keySet())) {
      if (name.startsWith(block)) {
        FloatTensor tensor = vit.tensors().remove(name);
        vit.tensors().put(name.replace(block, "stage.one."), tensor);
      }
    }
    vit.write();

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no tensor for 16 of the 38 weights of this network's vit")
        .hasMessageContaining("vit.encoder.layer.1.")
        .hasMessageContaining("model.radiograph.layers is 2")
        .hasMessageContaining("stage.one.")
        .hasMessageContaining("--partial");
    partially();
  }

  @Test
  void shouldNotLetASingleWeightStartAtRandom() throws IOException {
    vit().without("encoder.layer.1.attention.attention.key.bias").write();

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("vit.encoder.layer.1.attention.attention.key.bias")
        .hasMessageContaining("--partial");
  }

  @Test
  void shouldRefuseBlocksOfAnotherKind() throws IOException {
    PublicDirectory vit = vit();
    vit.tensors().put("encoder.layer.0.scale.weight", vit.tensors().get("layernorm.bias"));
    vit.write();

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no place for encoder.layer.0.scale.weight");
    partially();
  }

  private void partially() throws IOException {
    PretrainedWeights.open(
        new InitialWeights(directory.toString(), "", "", true), CONFIG, List.of());
  }

  private PublicDirectory vit() throws IOException {
    return PublicDirectory.vit(directory, "", CONFIG.radiograph(), 2, 4, 1);
  }

  private PretrainedWeights open() throws IOException {
    return PretrainedWeights.open(new InitialWeights(directory.toString(), ""), CONFIG, List.of());
  }

  private void start() throws IOException {
    TorchEngine.start(1);
    RefersTraining.start(
            new Learning(CONFIG, new OptimizerConfig(0, 0, 0), Compute.PLAIN, ComputeDevice.best()),
            1,
            open(),
            origin -> {})
        .close();
  }
}
