package io.radstream.model.pretrained;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.weights.FloatTensor;
import io.radstream.model.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A directory of weights as Hugging Face's libraries write it. No pickle is read: that could run
 * code.
 *
 * @param config of {@code config.json}, as transformers writes it
 * @param files which file has a tensor, by the tensor's name
 */
record PretrainedDirectory(Path path, JsonNode config, Map<String, TensorFile> files) {

  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final String PICKLE = "pytorch_model.bin";

  /**
   * Reads names and shapes only.
   *
   * @throws IOException where a file is missing or damaged; the message says which
   */
  static PretrainedDirectory open(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new IOException(path + " is not a directory; download the weights and name theirs");
    }
    Map<String, TensorFile> files = files(path);
    JsonNode config = TimmConfig.asTransformers(json(path.resolve(CONFIG)), files);
    return new PretrainedDirectory(path, config, files);
  }

  TensorFile.Entry entry(String tensor) {
    return files.get(tensor).entries().get(tensor);
  }

  FloatTensor read(String tensor) throws IOException {
    return files.get(tensor).read(tensor);
  }

  private static Map<String, TensorFile> files(Path path) throws IOException {
    Map<String, TensorFile> files = new LinkedHashMap<>();
    if (Files.exists(path.resolve(WEIGHTS))) {
      TensorFile file = TensorFile.open(path.resolve(WEIGHTS));
      file.entries().keySet().forEach(tensor -> files.put(tensor, file));
      return files;
    }
    if (Files.exists(path.resolve(INDEX))) {
      return shards(path);
    }
    if (Files.exists(path.resolve(PICKLE))) {
      throw new IOException(
          ("%s has only %s, a pickle, which could run code when it is read; convert it with Python:"
                  + " AutoModel.from_pretrained(\"%s\").save_pretrained(\"converted\"), then name"
                  + " the new directory")
              .formatted(path, PICKLE, path));
    }
    throw new IOException("%s has neither %s nor %s".formatted(path, WEIGHTS, INDEX));
  }

  private static Map<String, TensorFile> shards(Path path) throws IOException {
    JsonNode map = json(path.resolve(INDEX)).path("weight_map");
    if (!map.isObject() || map.isEmpty()) {
      throw new IOException(path.resolve(INDEX) + " has no weight_map");
    }
    Map<String, TensorFile> shards = new LinkedHashMap<>();
    Map<String, TensorFile> files = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> tensor : map.properties()) {
      String name = tensor.getValue().asText();
      if (!shards.containsKey(name)) {
        shards.put(name, TensorFile.open(shard(path, name)));
      }
      TensorFile shard = shards.get(name);
      if (!shard.entries().containsKey(tensor.getKey())) {
        throw new IOException(shard.file() + " has no tensor " + tensor.getKey());
      }
      files.put(tensor.getKey(), shard);
    }
    return files;
  }

  /** An index must not lead out of its directory. */
  private static Path shard(Path path, String name) throws IOException {
    if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.startsWith(".")) {
      throw noFileBeside(path);
    }
    try {
      return path.resolve(name);
    } catch (InvalidPathException e) {
      // Its message would quote the name.
      throw noFileBeside(path);
    }
  }

  private static IOException noFileBeside(Path path) {
    return new IOException(
        "%s: the name of a shard is not that of a file beside it".formatted(path.resolve(INDEX)));
  }

  private static JsonNode json(Path file) throws IOException {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is no JSON", e);
    }
  }
}
