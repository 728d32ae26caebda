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
      return new Refers(manager, RefersNetwork.of(config, Safetensors.read(manager, weights)));
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
   * @return studies × 3 width
   */
  public float[][] embedStudies(float[] images, int studies) {
    try (NDManager scratch = manager.newSubManager()) {
      int side = config().radiograph().imageSize();
      DistinctViews views = DistinctViews.of(scratch, images, studies, side);
      return Rows.of(Losses.unit(network.study(views).vector()));
    }
  }

  /** Report vectors of unit length; the dot product with a study vector is their cosine. */
  public float[][] embedReports(int[][] tokens) {
    try (NDManager scratch = manager.newSubManager()) {
      TokenBatch batch = TokenBatch.of(scratch, tokens, config().text().maxTokens());
      return Rows.of(Losses.unit(network.text().apply(batch, false)));
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
