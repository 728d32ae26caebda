package io.radstream.serving.checkpoint;

import io.radstream.model.Refers;
import io.radstream.model.RefersLoader;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.serving.score.StudyNetwork;
import io.radstream.serving.score.TorchNetwork;
import java.io.IOException;
import java.nio.file.Path;

/** Makes a network of a configuration and a weights file. */
@FunctionalInterface
public interface NetworkLoader {

  /** The real one: networks that compute on a device, in float32. */
  static NetworkLoader on(ComputeDevice device) {
    return on(device, Precision.FLOAT32);
  }

  /** The same in other numbers. */
  static NetworkLoader on(ComputeDevice device, Precision precision) {
    return (config, weights) -> new TorchNetwork(Refers.load(config, weights, device, precision));
  }

  /** The same beside a network that answers, which is disturbed as little as can be. */
  static NetworkLoader beside(RefersLoader loader) {
    return (config, weights) -> new TorchNetwork(loader.loadUnhurried(config, weights));
  }

  /**
   * @throws IOException where the weights are damaged or do not fit the configuration
   */
  StudyNetwork load(ModelConfig config, Path weights) throws IOException;
}
