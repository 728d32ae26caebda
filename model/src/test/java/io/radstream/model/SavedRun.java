package io.radstream.model;

import io.radstream.model.config.Compute;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.weights.TensorFile;
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
    Map<String, String> types) {

  static SavedRun of(RefersTraining training, Path directory) throws IOException {
    Path weights = directory.resolve("model.safetensors");
    Path state = directory.resolve("optimizer.safetensors");
    training.save(weights, state);
    TensorFile tensors = TensorFile.open(weights);
    Map<String, String> types = new TreeMap<>();
    tensors.entries().forEach((name, entry) -> types.put(name, entry.typeName()));
    return new SavedRun(weights, state, values(tensors), values(TensorFile.open(state)), types);
  }

  private static Map<String, float[]> values(TensorFile file) throws IOException {
    Map<String, float[]> values = new TreeMap<>();
    for (String name : file.entries().keySet()) {
      values.put(name, file.read(name).values());
    }
    return values;
  }

  /** Goes on from the files, which a later save to the same directory overwrites. */
  RefersTraining resume(ModelConfig config, OptimizerConfig optimizer, Compute compute)
      throws IOException {
    return RefersTraining.resume(
        new Learning(config, optimizer, compute, ComputeDevice.best()), weightsFile, stateFile);
  }
}
