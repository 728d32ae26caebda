package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;

/**
 * The softmax fusion of three views but for its perceptron (paper, section 4.2). Patches are views
 * × places × width, what is attended to is studies × places × 3 width.
 */
sealed interface Views permits ScriptedViews, CardViews {

  /** Patches, or a gradient by what is attended to, as the others take them. */
  NDArray given(NDArray x);

  /** Over the places, views × width, wide. */
  NDArray means(NDArray patches);

  /**
   * Patches, weighted and beside each other.
   *
   * @param weights views × 1
   */
  NDArray weigh(NDArray patches, NDArray weights);

  /** The gradient by the weights, views. */
  NDArray weightsBack(NDArray dmemory, NDArray patches);

  /**
   * The gradient by the patches.
   *
   * @param dmeans gradient by the means, views × width
   */
  NDArray patchesBack(NDArray dmemory, NDArray weights, NDArray dmeans);
}
