package io.radstream.model;

import java.io.IOException;
import java.nio.file.Path;

/** A REFERS network for inference. Thread-safe. */
public final class Refers implements AutoCloseable {

  /**
   * @param weights a safetensors file with every weight that the configuration names
   * @throws IOException where the file is damaged, or a tensor is missing or has another shape; the
   *     message names the first
   */
  public static Refers load(ModelConfig config, Path weights) throws IOException {
    throw new UnsupportedOperationException();
  }

  public ModelConfig config() {
    throw new UnsupportedOperationException();
  }

  /**
   * Study vectors of unit length.
   *
   * @param images studies × 3 views × side × side, as in {@link StudyBatch}
   * @param studies number of studies
   */
  public float[][] embedStudies(float[] images, int studies) {
    throw new UnsupportedOperationException();
  }

  /** Report vectors of unit length; the dot product with a study vector is their cosine. */
  public float[][] embedReports(int[][] tokens) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
