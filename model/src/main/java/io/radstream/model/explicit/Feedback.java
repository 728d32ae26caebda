package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * The gradient by {@link Features}: the sum of what products and what residual sums give back.
 *
 * @param narrow of products
 * @param stream of residual sums, wide
 */
record Feedback(Optional<NDArray> narrow, Optional<NDArray> stream) {

  /** Behind the first of layers. */
  static final Feedback NONE = new Feedback(Optional.empty(), Optional.empty());

  static Feedback of(NDArray narrow, NDArray stream) {
    return new Feedback(Optional.of(narrow), Optional.of(stream));
  }

  static Feedback ofProduct(NDArray narrow) {
    return new Feedback(Optional.of(narrow), Optional.empty());
  }

  static Feedback ofStream(NDArray stream) {
    return new Feedback(Optional.empty(), Optional.of(stream));
  }

  /** Added up, wide. */
  NDArray total(Operations operations) {
    return stream
        .map(wide -> narrow.map(more -> operations.add(wide, more)).orElse(wide))
        .or(() -> narrow)
        .map(operations::wide)
        .orElseThrow();
  }
}
