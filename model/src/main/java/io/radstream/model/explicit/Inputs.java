package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * What is computed of a batch, or of a part of one, on the device.
 *
 * @param images distinct views × side × side
 * @param views for each study's three views in turn the index into images; empty where each is a
 *     picture of its own
 * @param patches rows of each image
 * @param read by the report encoder
 * @param written by the report transformer
 * @param labels that are known
 * @param draws two int64 from which kernels draw what is dropped
 */
record Inputs(
    NDArray images,
    Optional<NDArray> views,
    Sequences patches,
    Optional<Packed> read,
    Optional<Written> written,
    Optional<Labels> labels,
    NDArray draws) {

  /**
   * Of studies.
   *
   * @param present studies × 1 × findings: a probability, 0 where it is not known
   * @param known the same: 1 where it is known, else 0
   */
  record Labels(NDArray present, NDArray known) {}
}
