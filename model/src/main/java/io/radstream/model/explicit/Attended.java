package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * softmax(q·kᵀ/√width + mask)·v within each of the sequences, in several heads, with what its way
 * back needs.
 *
 * @param found what is attended to, and behind it what is kept
 * @param q rows × width
 * @param k rows of what is attended to × width
 * @param v as k
 * @param causal whether each row sees only those up to it
 */
record Attended(
    List<NDArray> found,
    NDArray q,
    NDArray k,
    NDArray v,
    Sequences queries,
    Sequences keys,
    int heads,
    boolean causal) {

  static Attended of(
      Operations operations,
      List<NDArray> qkv,
      Sequences queries,
      Sequences keys,
      int heads,
      boolean causal) {
    List<NDArray> found =
        operations
            .call("attend")
            .with(qkv.get(0), qkv.get(1), qkv.get(2))
            .with(queries)
            .with(keys)
            .with(List.of(queries.bounds(), keys.bounds()))
            .with(heads)
            .with(causal)
            .with(queries.isEven() && keys.isEven())
            .many();
    return new Attended(found, qkv.get(0), qkv.get(1), qkv.get(2), queries, keys, heads, causal);
  }

  /** rows × width. */
  NDArray y() {
    return found.get(0);
  }

  /** Gradients by q, k and v. */
  List<NDArray> back(Operations operations, NDArray dy) {
    return operations
        .call("attend_back")
        .with(dy, q, k, v)
        .with(found)
        .with(queries)
        .with(keys)
        .with(List.of(queries.bounds(), keys.bounds()))
        .with(heads)
        .with(causal)
        .with(queries.isEven() && keys.isEven())
        .many();
  }
}
