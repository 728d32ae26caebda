package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.kernels.ColumnKernels;
import io.radstream.model.kernels.ColumnKernels.Derivative;
import io.radstream.model.kernels.ColumnKernels.Sums;
import java.util.List;

/** Sums over rows, in two stages, and what ends in them. */
record CardColumns(Bench bench) {

  private ColumnKernels kernels() {
    return bench.kernels().columns();
  }

  /**
   * @param dy bfloat16
   */
  Summed summed(NDArray dy) {
    return new Summed(
        dy,
        () -> {
          int rows = Bench.rows(dy);
          NDArray parts = parts(rows, Bench.width(dy));
          kernels().sums(bench.stream(), bench.at(dy), bench.at(parts), rows, Bench.width(dy));
          return finish(parts);
        });
  }

  /**
   * Through an activation.
   *
   * @param dy bfloat16; gone behind this
   */
  Summed back(Derivative by, NDArray dy, NDArray known) {
    int rows = Bench.rows(dy);
    NDArray parts = parts(rows, Bench.width(dy));
    long at = bench.at(dy);
    ColumnKernels.Backward of =
        new ColumnKernels.Backward(at, bench.at(known), at, bench.at(parts));
    kernels().backward(bench.stream(), by, of, rows, Bench.width(dy));
    return new Summed(dy, () -> finish(parts));
  }

  private NDArray parts(int rows, long width) {
    return bench.wide(ColumnKernels.blocks(rows), width);
  }

  private NDArray finish(NDArray parts) {
    NDArray sum = bench.wide(Bench.width(parts));
    Sums to = Sums.one(bench.at(sum), Bench.width(parts), false);
    kernels().finish(bench.stream(), bench.at(parts), Bench.rows(parts), to);
    return sum;
  }

  /**
   * @param parts blocks × 3 width
   * @return three of a width each
   */
  List<NDArray> finishThree(NDArray parts) {
    int width = Bench.width(parts) / 3;
    List<NDArray> sums = List.of(bench.wide(width), bench.wide(width), bench.wide(width));
    Sums to =
        new Sums(
            bench.at(sums.get(0)), bench.at(sums.get(1)), bench.at(sums.get(2)), width, 3, false);
    kernels().finish(bench.stream(), bench.at(parts), Bench.rows(parts), to);
    return sums;
  }
}
