package io.radstream.model.network;

import ai.djl.ndarray.NDArray;

/** Directions of vectors, for cosines. */
public final class UnitVectors {

  /** Shorter vectors are divided by this, and not by their length. */
  public static final double EPSILON = 1e-8;

  private UnitVectors() {}

  /** Vectors along the last axis to unit length. */
  public static NDArray of(NDArray vectors) {
    return vectors.normalize(2, vectors.getShape().dimension() - 1, EPSILON);
  }

  /**
   * One unit vector for each study: the direction in which its representations agree.
   *
   * @param studies studies × representations × width
   * @return studies × width
   */
  public static NDArray ofStudies(NDArray studies) {
    return of(of(studies).mean(new int[] {1}));
  }
}
