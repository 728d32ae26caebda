package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;

/**
 * How likely tokens are.
 *
 * @param sum of the log-likelihoods, a scalar
 */
record Predicted(NDArray sum, Back back) {

  interface Back {

    /**
     * The gradient by what they are predicted from, rows × width.
     *
     * @param factor what the sum is multiplied by in the loss, a scalar
     */
    NDArray through(NDArray factor);
  }
}
