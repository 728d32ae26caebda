package io.radstream.model;

import ai.djl.ndarray.NDManager;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.layers.ScriptedArithmetic;
import io.radstream.model.weights.SavedWeights;
import io.radstream.model.weights.UnhurriedWeights;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Loads one network after the other for the same device. They share the engine's scripts: to read
 * and to optimize these takes longer than to read the weights of a small network. Thread-safe.
 */
public final class RefersLoader implements AutoCloseable {

  private final ComputeDevice device;
  private final NDManager manager;
  private final ScriptedArithmetic arithmetic;

  /**
   * @param device that the networks compute on
   * @param precision in which they multiply; what goes in and comes out is float32
   */
  public RefersLoader(ComputeDevice device, Precision precision) {
    this.device = device;
    this.manager = device.newManager();
    this.arithmetic = ScriptedArithmetic.of(manager, precision);
  }

  /**
   * As {@link Refers#load(ModelConfig, Path, ComputeDevice)}, in twice the time, for the sake of
   * those that compute meanwhile.
   *
   * @throws IOException where the file is damaged, or a tensor is missing or has another shape; the
   *     message names the first
   */
  public Refers loadUnhurried(ModelConfig config, Path weights) throws IOException {
    return Refers.of(
        config,
        device,
        own -> new UnhurriedWeights(SavedWeights.open(own, weights)),
        own -> arithmetic);
  }

  /** To be called when no network that it has loaded computes any more. */
  @Override
  public void close() {
    manager.close();
  }
}
