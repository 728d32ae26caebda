package io.radstream.model.pretrained;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.weights.TensorWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A part of a network as a model of Hugging Face's libraries.
 *
 * @param config for {@code config.json}
 * @param weights by the names that the libraries have for them
 */
record PublicModel(Map<String, Object> config, Map<String, NDArray> weights) {

  void write(Path directory) throws IOException {
    Files.write(
        directory.resolve("config.json"),
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(config));
    TensorWriter.write(directory.resolve("model.safetensors"), weights);
  }
}
