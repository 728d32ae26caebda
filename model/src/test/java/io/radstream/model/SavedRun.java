package io.radstream.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The two files of a run and what is in them, by name.
 *
 * @param types of the weights
 */
record SavedRun(
    Path weightsFile,
    Path stateFile,
    Map<String, float[]> weights,
    Map<String, float[]> state,
    Map<String, DataType> types) {

  static SavedRun of(RefersTraining training, Path directory) throws IOException {
    Path weights = directory.resolve("model.safetensors");
    Path state = directory.resolve("optimizer.safetensors");
    training.save(weights, state);
    try (NDManager manager = TorchEngine.newManager()) {
      Safetensors tensors = Safetensors.read(manager, weights);
      Map<String, DataType> types = new TreeMap<>();
      tensors.tensors().forEach((name, tensor) -> types.put(name, tensor.getDataType()));
      return new SavedRun(
          weights, state, values(tensors), values(Safetensors.read(manager, state)), types);
    }
  }

  private static Map<String, float[]> values(Safetensors file) {
    Map<String, float[]> values = new TreeMap<>();
    file.tensors().forEach((name, tensor) -> values.put(name, tensor.toFloatArray()));
    return values;
  }

  /** Goes on from the files, which a later save to the same directory overwrites. */
  RefersTraining resume(ModelConfig config, OptimizerConfig optimizer, Compute compute)
      throws IOException {
    return RefersTraining.resume(config, optimizer, compute, weightsFile, stateFile);
  }
}
