package io.radstream.model.pretrained;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.config.Activation;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.weights.FloatTensor;
import io.radstream.model.weights.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Writes small directories of random weights as Hugging Face's libraries do. */
final class PublicDirectory {

  private static final int SEED = 3;

  private final Path path;
  private final Random random = new Random(SEED);
  private final Map<String, Object> config = new LinkedHashMap<>();
  private final Map<String, FloatTensor> tensors = new LinkedHashMap<>();

  private PublicDirectory(Path path) throws IOException {
    this.path = Files.createDirectories(path);
  }

  /** A ViT of the network's widths, with a head that nothing here has. */
  static PublicDirectory vit(
      Path path, String prefix, ModelConfig.Radiograph shape, int layers, int grid, int channels)
      throws IOException {
    PublicDirectory directory = new PublicDirectory(path);
    directory.config("vit", shape.width(), shape.heads(), shape.mlp(), shape.activation());
    int width = shape.width();
    String embeddings = prefix + "embeddings.";
    directory.add(embeddings + "cls_token", 1, 1, width);
    directory.add(embeddings + "position_embeddings", 1, 1L + (long) grid * grid, width);
    String patch = embeddings + "patch_embeddings.projection.";
    directory.add(patch + "weight", width, channels, shape.patchSize(), shape.patchSize());
    directory.add(patch + "bias", width);
    for (int i = 0; i < layers; i++) {
      String block = prefix + "encoder.layer." + i + ".";
      directory.norm(block + "layernorm_before", "weight", "bias", width);
      for (String projection : new String[] {"query", "key", "value"}) {
        directory.linear(block + "attention.attention." + projection, width, width);
      }
      directory.linear(block + "attention.output.dense", width, width);
      directory.norm(block + "layernorm_after", "weight", "bias", width);
      directory.linear(block + "intermediate.dense", width, shape.mlp());
      directory.linear(block + "output.dense", shape.mlp(), width);
    }
    directory.norm(prefix + "layernorm", "weight", "bias", width);
    directory.linear("classifier", width, 10);
    return directory;
  }

  /** A BERT of the network's widths, named as by TensorFlow, with a head that nothing here has. */
  static PublicDirectory bert(
      Path path, String prefix, ModelConfig.Encoder shape, int layers, int words, int places)
      throws IOException {
    PublicDirectory directory = new PublicDirectory(path);
    directory.config("bert", shape.width(), shape.heads(), shape.mlp(), Activation.GELU);
    int width = shape.width();
    String embeddings = prefix + "embeddings.";
    directory.add(embeddings + "word_embeddings.weight", words, width);
    directory.add(embeddings + "position_embeddings.weight", places, width);
    directory.add(embeddings + "token_type_embeddings.weight", 2, width);
    directory.norm(embeddings + "LayerNorm", "gamma", "beta", width);
    for (int i = 0; i < layers; i++) {
      String block = prefix + "encoder.layer." + i + ".";
      for (String projection : new String[] {"query", "key", "value"}) {
        directory.linear(block + "attention.self." + projection, width, width);
      }
      directory.linear(block + "attention.output.dense", width, width);
      directory.norm(block + "attention.output.LayerNorm", "gamma", "beta", width);
      directory.linear(block + "intermediate.dense", width, shape.mlp());
      directory.linear(block + "output.dense", shape.mlp(), width);
      directory.norm(block + "output.LayerNorm", "gamma", "beta", width);
    }
    directory.linear(prefix + "pooler.dense", width, width);
    directory.linear("cls.predictions.transform.dense", width, width);
    return directory;
  }

  private void config(String type, int width, int heads, int mlp, Activation activation) {
    config.put("model_type", type);
    config.put("hidden_size", width);
    config.put("num_attention_heads", heads);
    config.put("intermediate_size", mlp);
    config.put("hidden_act", activation.name().toLowerCase(Locale.ROOT));
  }

  private void linear(String name, int inputs, int outputs) {
    add(name + ".weight", outputs, inputs);
    add(name + ".bias", outputs);
  }

  private void norm(String name, String scale, String shift, int width) {
    add(name + "." + scale, width);
    add(name + "." + shift, width);
  }

  /** Numbers that each type of tensor holds exactly. */
  private void add(String name, long... sides) {
    float[] values = new float[Math.toIntExact(new Shape(sides).size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(-128, 128) / 256f;
    }
    tensors.put(name, new FloatTensor(new Shape(sides), values));
  }

  PublicDirectory with(String setting, Object value) {
    config.put(setting, value);
    return this;
  }

  PublicDirectory without(String tensor) {
    tensors.remove(tensor);
    return this;
  }

  /** The same ViT as transformers 5 names it. */
  PublicDirectory inTheNamesOfTransformers5() throws IOException {
    return renamed(
        name ->
            name.replace("encoder.layer.", "layers.")
                .replace("attention.attention.query", "attention.q_proj")
                .replace("attention.attention.key", "attention.k_proj")
                .replace("attention.attention.value", "attention.v_proj")
                .replace("attention.output.dense", "attention.o_proj")
                .replace("intermediate.dense", "mlp.fc1")
                .replace("output.dense", "mlp.fc2"));
  }

  /** The same ViT as timm names it: query, key and value in one. */
  PublicDirectory inTheNamesOfTimm() throws IOException {
    PublicDirectory timm =
        renamed(
            name ->
                name.replace("embeddings.cls_token", "cls_token")
                    .replace("embeddings.position_embeddings", "pos_embed")
                    .replace("embeddings.patch_embeddings.projection", "patch_embed.proj")
                    .replace("encoder.layer.", "blocks.")
                    .replace("attention.output.dense", "attn.proj")
                    .replace("intermediate.dense", "mlp.fc1")
                    .replace("output.dense", "mlp.fc2")
                    .replace("layernorm_before", "norm1")
                    .replace("layernorm_after", "norm2")
                    .replace("layernorm", "norm"));
    for (String query : List.copyOf(timm.tensors.keySet())) {
      if (query.contains("attention.attention.query")) {
        timm.fuse(query);
      }
    }
    return timm;
  }

  private void fuse(String query) {
    FloatTensor first = tensors.get(query);
    long[] sides = first.shape().getShape().clone();
    sides[0] *= 3;
    float[] all = new float[3 * first.values().length];
    int from = 0;
    for (String projection : List.of("query", "key", "value")) {
      float[] values = tensors.remove(query.replace("query", projection)).values();
      System.arraycopy(values, 0, all, from, values.length);
      from += values.length;
    }
    tensors.put(
        query.replace("attention.attention.query", "attn.qkv"),
        new FloatTensor(new Shape(sides), all));
  }

  private PublicDirectory renamed(UnaryOperator<String> names) throws IOException {
    PublicDirectory other = new PublicDirectory(path);
    other.config.putAll(config);
    tensors.forEach((name, tensor) -> other.tensors.put(names.apply(name), tensor));
    return other;
  }

  /** With nothing but these settings. */
  PublicDirectory configured(Map<String, Object> settings) {
    config.clear();
    config.putAll(settings);
    return this;
  }

  Path path() {
    return path;
  }

  Map<String, FloatTensor> tensors() {
    return tensors;
  }

  Path write() throws IOException {
    return write(TensorType.F32);
  }

  Path write(TensorType type) throws IOException {
    writeConfig();
    Files.write(path.resolve("model.safetensors"), bytes(type, tensors.keySet()));
    return path;
  }

  /** In two files with an index. */
  Path writeShards() throws IOException {
    writeConfig();
    Map<Boolean, List<String>> halves =
        tensors.keySet().stream().collect(Collectors.partitioningBy(n -> n.contains("encoder")));
    Map<String, String> index = new LinkedHashMap<>();
    for (Map.Entry<Boolean, List<String>> half : halves.entrySet()) {
      String file = "model-%s.safetensors".formatted(half.getKey());
      half.getValue().forEach(name -> index.put(name, file));
      Files.write(path.resolve(file), bytes(TensorType.F32, half.getValue()));
    }
    writeIndex(index);
    return path;
  }

  void writeIndex(Map<String, String> index) throws IOException {
    new ObjectMapper()
        .writeValue(
            path.resolve("model.safetensors.index.json").toFile(), Map.of("weight_map", index));
  }

  void writeConfig() throws IOException {
    new ObjectMapper().writeValue(path.resolve("config.json").toFile(), config);
  }

  private byte[] bytes(TensorType type, Collection<String> names) throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (String name : names) {
      FloatTensor tensor = tensors.get(name);
      int begin = data.size();
      data.write(numbers(type, tensor.values()));
      header.put(
          name,
          Map.of(
              "dtype", type.name(),
              "shape", tensor.shape().getShape(),
              "data_offsets", new int[] {begin, data.size()}));
    }
    return file(new ObjectMapper().writeValueAsString(header), data.toByteArray());
  }

  static byte[] file(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }

  private static byte[] numbers(TensorType type, float[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (type) {
        case F64 -> buffer.putDouble(value);
        case F32 -> buffer.putFloat(value);
        case F16 -> buffer.putShort(half(value));
        case BF16 -> buffer.putShort((short) (Float.floatToRawIntBits(value) >> 16));
      }
    }
    return buffer.array();
  }

  /** Of numbers in 1/256 below 1. */
  private static short half(float value) {
    int sign = value < 0 ? 0x8000 : 0;
    if (value == 0) {
      return 0;
    }
    int exponent = Math.getExponent(value);
    int fraction = (int) ((Math.abs(value) / Math.scalb(1f, exponent) - 1) * 1024);
    return (short) (sign | ((exponent + 15) << 10) | fraction);
  }
}
