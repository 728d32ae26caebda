package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;

/**
 * Features, rows × width, as products read them and as the residual sums go on with them: one array
 * twice where both have one type.
 */
record Features(NDArray narrow, NDArray stream) {

  static Features both(NDArray x) {
    return new Features(x, x);
  }
}
