package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.weights.TensorWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network and its optimizer's state as they were at a moment, in the memory of the host. Can be
 * written by another thread while the training goes on.
 */
public final class TrainingSnapshot implements AutoCloseable {

  private final NDManager manager;
  private final Map<String, NDArray> weights;
  private final Map<String, NDArray> state;

  /**
   * @param manager that owns the snapshot
   */
  private TrainingSnapshot(
      NDManager manager, Map<String, NDArray> weights, Map<String, NDArray> state) {
    this.manager = manager;
    this.weights = weights;
    this.state = state;
  }

  public static TrainingSnapshot of(Map<String, NDArray> weights, Map<String, NDArray> state) {
    NDManager manager = ComputeDevice.cpu().newManager();
    return TorchEngine.recording(
        false,
        () -> new TrainingSnapshot(manager, copies(weights, manager), copies(state, manager)));
  }

  private static Map<String, NDArray> copies(Map<String, NDArray> values, NDManager manager) {
    Map<String, NDArray> copies = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          // Moving an array to where it is does not copy it, whatever DJL is asked for.
          NDArray copy =
              value.getDevice().equals(manager.getDevice())
                  ? value.duplicate()
                  : value.toDevice(manager.getDevice(), true);
          copy.attach(manager);
          copies.put(name, copy);
        });
    return copies;
  }

  /** Writes both as safetensors. */
  public void save(Path weightsFile, Path optimizerState) throws IOException {
    TensorWriter.write(weightsFile, weights);
    TensorWriter.write(optimizerState, state);
  }

  @Override
  public void close() {
    manager.close();
  }
}
