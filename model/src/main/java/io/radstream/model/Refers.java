package io.radstream.model;

import ai.djl.ndarray.NDManager;
import io.radstream.model.Weights.MissingWeightException;
import java.io.IOException;
import java.nio.file.Path;

/** A REFERS network for inference. Thread-safe. */
public final class Refers implements AutoCloseable {

  private final NDManager manager;
  private final RefersNetwork network;

  private Refers(NDManager manager, RefersNetwork network) {
    this.manager = manager;
    this.network = network;
  }

  /**
   * @param weights a safetensors file with every weight that the configuration names
   * @throws IOException where the file is damaged, or a tensor is missing or has another shape; the
   *     message names the first
   */
  public static Refers load(ModelConfig config, Path weights) throws IOException {
    NDManager manager = TorchEngine.newManager();
    try {
      return new Refers(
          manager,
          RefersNetwork.of(config, Safetensors.read(manager, weights), new Arithmetic.Plain()));
    } catch (MissingWeightException e) {
      manager.close();
      throw e.asIoException();
    } catch (IOException | RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  public ModelConfig config() {
    return network.config();
  }

  /**
   * Study vectors of unit length.
   *
   * @param images studies × 3 views × side × side, as in {@link StudyBatch}
   * @param studies number of studies
   * @return studies × 3 width; × width without view fusion
   */
  public float[][] embedStudies(float[] images, int studies) {
    try (NDManager scratch = manager.newSubManager()) {
      return Rows.of(Losses.oneOf(network.study(scratch, images, studies).vectors()));
    }
  }

  /**
   * Report vectors of unit length; the dot product with a study vector is their cosine.
   *
   * @throws IllegalStateException where the network was trained without the contrastive loss
   */
  public float[][] embedReports(int[][] tokens) {
    try (NDManager scratch = manager.newSubManager()) {
      TokenBatch batch = TokenBatch.of(scratch, tokens, config().text().maxTokens());
      return Rows.of(Losses.unit(text().apply(batch, false)));
    }
  }

  private TextEncoder text() {
    return network
        .text()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "this network was trained without the contrastive loss: it has no report encoder"));
  }

  @Override
  public void close() {
    manager.close();
  }
}
