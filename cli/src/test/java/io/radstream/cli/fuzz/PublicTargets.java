package io.radstream.cli.fuzz;

import io.radstream.model.config.InitialWeights;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.pretrained.PretrainedWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Files of public weights in Hugging Face's layout. Of their {@code preprocessor_config.json}
 * nothing is read.
 *
 * @param folder for them
 */
record PublicTargets(Path folder) {

  private static final ModelConfig NETWORK = ModelPreset.TINY.config(200);
  private static final List<String> WORDS =
      List.of(
          "null",
          "{",
          "[",
          "\"model_type\":",
          "\"hidden_size\":",
          "\"architecture\":",
          "\"../a\"",
          "1e999",
          "\"weight_map\":{",
          "\"vocab\":{");

  List<Target> all() throws IOException {
    return List.of(config(), index(), vocabulary());
  }

  private Target config() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("public-config"));
    Files.write(directory.resolve("model.safetensors"), tensors("cls_token", radiographWidth()));
    String timm =
        "{\"architecture\":\"vit_tiny_patch16_224\",\"model_args\":{\"num_heads\":%d}}"
            .formatted(NETWORK.radiograph().heads());
    return Target.of(
        "public-config",
        List.of(Json.bytes(vit()), Json.bytes(timm)),
        WORDS,
        Set.of(IOException.class),
        input -> {
          Files.write(directory.resolve("config.json"), input);
          open(new InitialWeights(directory.toString(), "", "", true));
          return "";
        });
  }

  private Target index() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("public-index"));
    Files.write(directory.resolve("a.safetensors"), tensors("cls_token", radiographWidth()));
    Files.writeString(directory.resolve("config.json"), vit());
    return Target.of(
        "public-index",
        List.of(Json.bytes("{\"metadata\":{},\"weight_map\":{\"cls_token\":\"a.safetensors\"}}")),
        WORDS,
        Set.of(IOException.class),
        input -> {
          Files.write(directory.resolve("model.safetensors.index.json"), input);
          open(new InitialWeights(directory.toString(), "", "", true));
          return "";
        });
  }

  private Target vocabulary() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("public-vocabulary"));
    Files.write(
        directory.resolve("model.safetensors"),
        tensors("embeddings.LayerNorm.weight", NETWORK.text().width()));
    ModelConfig.Encoder text = NETWORK.text();
    Files.writeString(
        directory.resolve("config.json"), settings("bert", text.width(), text.heads(), text.mlp()));
    return Target.of(
        "public-vocabulary",
        List.of(Json.bytes("{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"[PAD]\":0,\"a\":1}}}")),
        WORDS,
        Set.of(IOException.class),
        input -> {
          Files.write(directory.resolve("tokenizer.json"), input);
          open(new InitialWeights("", directory.toString(), "", true));
          return "";
        });
  }

  private static void open(InitialWeights initial) throws IOException {
    PretrainedWeights.open(initial, NETWORK, List.of("[PAD]", "a")).remarks();
  }

  private static int radiographWidth() {
    return NETWORK.radiograph().width();
  }

  private static String vit() {
    ModelConfig.Radiograph radiograph = NETWORK.radiograph();
    return settings("vit", radiograph.width(), radiograph.heads(), radiograph.mlp());
  }

  private static String settings(String type, int width, int heads, int mlp) {
    return ("{\"model_type\":\"%s\",\"hidden_size\":%d,\"num_attention_heads\":%d,"
            + "\"intermediate_size\":%d,\"hidden_act\":\"gelu\",\"layer_norm_eps\":1e-12}")
        .formatted(type, width, heads, mlp);
  }

  /** A file of one tensor of zeros. */
  private static byte[] tensors(String name, int width) {
    int end = width * Float.BYTES;
    byte[] header =
        Json.bytes(
            "{\"%s\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
                .formatted(name, width, end));
    return ByteBuffer.allocate(Long.BYTES + header.length + end)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }
}
