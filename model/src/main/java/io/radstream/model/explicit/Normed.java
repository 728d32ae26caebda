package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * What a normalisation gives.
 *
 * @param sum that was normalised, wide
 * @param y its rows, normalised
 */
record Normed(NDArray sum, Features y, Back back) {

  interface Back {

    /**
     * @param dsum what comes back to the sum by other ways; gone behind this
     */
    Residual.Split through(Feedback dy, Optional<NDArray> dsum);
  }
}
