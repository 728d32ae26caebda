package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * softmax(q·kᵀ/√width + mask)·v within each of the sequences, in several heads, with what its way
 * back needs.
 *
 * @param found what is attended to, and behind it what is kept
 * @param q rows × width
 * @param k rows of what is attended to × width
 * @param v as k
 * @param among which rows attend to which
 */
record Attended(List<NDArray> found, NDArray q, NDArray k, NDArray v, Among among) {

  /**
   * Which rows attend to which.
   *
   * @param causal whether each row sees only those up to it
   */
  record Among(Sequences queries, Sequences keys, int heads, boolean causal) {

    /** Itself as the last arguments of a call. */
    private Call of(Call call) {
      return call.with(queries.lengths())
          .with(keys.lengths())
          .with(arrays())
          .with(heads)
          .with(causal)
          .with(queries.isEven() && keys.isEven());
    }

    private List<NDArray> arrays() {
      List<NDArray> arrays = new ArrayList<>(List.of(queries.bounds(), keys.bounds()));
      if (queries.slots().isPresent()) {
        Sequences.Slots asking = queries.slots().get();
        Sequences.Slots asked = keys.slots().orElseThrow();
        arrays.addAll(
            List.of(asking.rows(), asking.places(), asked.rows(), asked.places(), asked.mask()));
      }
      return arrays;
    }
  }

  /**
   * @param qkv queries, keys and values
   */
  static Attended of(Operations operations, List<NDArray> qkv, Among among) {
    NDArray q = qkv.get(0);
    NDArray k = qkv.get(1);
    NDArray v = qkv.get(2);
    return new Attended(among.of(operations.call("attend").with(q, k, v)).many(), q, k, v, among);
  }

  /** rows × width. */
  NDArray y() {
    return found.get(0);
  }

  /** Gradients by q, k and v. */
  List<NDArray> back(Operations operations, NDArray dy) {
    return among.of(operations.call("attend_back").with(dy, q, k, v).with(found)).many();
  }
}
