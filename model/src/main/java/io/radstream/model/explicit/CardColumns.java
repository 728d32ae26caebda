package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.kernels.ColumnKernels;
import io.radstream.model.kernels.ColumnKernels.Derivative;
import io.radstream.model.kernels.ColumnKernels.Sums;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Sums over rows, in two stages, and what ends in them. */
record CardColumns(Bench bench, GradientSums gradients) {

  private ColumnKernels kernels() {
    return bench.kernels().columns();
  }

  /**
   * Adds up the gradients of biases that lie side by side.
   *
   * @param dy bfloat16
   */
  void learn(NDArray dy, NDArray... biases) {
    if (Arrays.stream(biases).anyMatch(gradients::want)) {
      finish(sums(dy), biases);
    }
  }

  /**
   * Through an activation.
   *
   * @param dy bfloat16; gone behind this
   */
  NDArray back(Derivative by, NDArray dy, NDArray known, NDArray bias) {
    int rows = Bench.rows(dy);
    NDArray parts = parts(rows, Bench.width(dy));
    long at = bench.at(dy);
    ColumnKernels.Backward of =
        new ColumnKernels.Backward(at, bench.at(known), at, bench.at(parts));
    kernels().backward(bench.stream(), by, of, rows, Bench.width(dy));
    finish(parts, bias);
    return dy;
  }

  /** Over the rows, width. */
  NDArray sum(NDArray x) {
    NDArray parts = sums(x);
    NDArray sum = bench.wide(Bench.width(x));
    Sums to = Sums.one(bench.at(sum), Bench.width(x), false);
    kernels().finish(bench.stream(), bench.at(parts), Bench.rows(parts), to);
    return sum;
  }

  private NDArray sums(NDArray x) {
    int rows = Bench.rows(x);
    NDArray parts = parts(rows, Bench.width(x));
    kernels().sums(bench.stream(), bench.at(x), bench.at(parts), rows, Bench.width(x));
    return parts;
  }

  private NDArray parts(int rows, long width) {
    return bench.wide(ColumnKernels.blocks(rows), width);
  }

  private void finish(NDArray parts, NDArray... weights) {
    finish(parts, Arrays.stream(weights).map(gradients::room).toList());
  }

  /**
   * Adds up parts of gradients that lie side by side.
   *
   * @param parts number × width of all
   * @param rooms of gradients, each as long, at most three; empty for those that nobody wants
   */
  void finish(NDArray parts, List<Optional<GradientSums.Room>> rooms) {
    finish(parts, rooms, false);
    finish(parts, rooms, true);
  }

  private void finish(NDArray parts, List<Optional<GradientSums.Room>> rooms, boolean begun) {
    long[] to = new long[3];
    for (int i = 0; i < rooms.size(); i++) {
      to[i] = rooms.get(i).filter(room -> room.begun() == begun).map(this::at).orElse(0L);
    }
    if (Arrays.stream(to).anyMatch(address -> address != 0)) {
      int each = Bench.width(parts) / rooms.size();
      Sums sums = new Sums(to[0], to[1], to[2], each, rooms.size(), begun);
      kernels().finish(bench.stream(), bench.at(parts), Bench.rows(parts), sums);
    }
  }

  private long at(GradientSums.Room room) {
    return bench.at(room.array());
  }
}
