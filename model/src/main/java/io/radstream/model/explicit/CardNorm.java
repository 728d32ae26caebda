package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.kernels.Draws;
import io.radstream.model.kernels.NormKernels;
import io.radstream.model.layers.LayerNorm;
import java.util.List;
import java.util.Optional;

/** One normalisation of a sum, and its way back. */
record CardNorm(Bench bench, GradientSums sums, LayerNorm layer, Draws draws, Kept kept) {

  /**
   * What the way back needs.
   *
   * @param added what was
   */
  record Kept(NDArray sum, NDArray mean, NDArray inverse, Optional<Residual.Added> added) {}

  static Normed of(
      Bench bench, GradientSums sums, LayerNorm layer, Draws draws, Residual x, boolean all) {
    int rows = Bench.rows(x.x());
    int width = Bench.width(x.x());
    Optional<NDArray> more = x.added().map(Residual.Added::rows);
    NDArray sum = more.map(a -> bench.wide(rows, width)).orElse(x.x());
    NDArray narrow = bench.narrow(rows, width);
    NDArray stream = all ? bench.wide(rows, width) : narrow;
    Kept kept = new Kept(sum, bench.wide(rows), bench.wide(rows), x.added());
    NormKernels.Forward forward =
        new NormKernels.Forward(
            bench.at(x.x()),
            more.map(bench::at).orElse(0L),
            bench.at(layer.weight()),
            bench.at(layer.bias()),
            bench.at(sum),
            bench.at(narrow),
            all ? bench.at(stream) : 0,
            bench.at(kept.mean),
            bench.at(kept.inverse));
    CardNorm norm = new CardNorm(bench, sums, layer, draws, kept);
    norm.kernels().forward(bench.stream(), forward, draws, (float) layer.epsilon(), rows);
    return new Normed(sum, new Features(narrow, stream), norm::back);
  }

  private NormKernels kernels() {
    return bench.kernels().norms().get(Bench.width(kept.sum));
  }

  private Residual.Split back(Feedback dy, Optional<NDArray> dsum) {
    int rows = Bench.rows(kept.sum);
    int width = Bench.width(kept.sum);
    // A row of what comes back to the sum is read before the gradient takes its place.
    NDArray dx = dsum.orElseGet(() -> bench.wide(rows, width));
    Optional<NDArray> dadded = kept.added.map(added -> bench.narrow(rows, width));
    NDArray parts = bench.wide(NormKernels.blocks(rows), 3L * width);
    NormKernels.Backward backward =
        new NormKernels.Backward(
            dy.narrow().map(bench::at).orElse(0L),
            dy.stream().map(bench::at).orElse(0L),
            dsum.map(bench::at).orElse(0L),
            bench.at(kept.sum),
            bench.at(kept.mean),
            bench.at(kept.inverse),
            bench.at(layer.weight()),
            bench.at(dx),
            dadded.map(bench::at).orElse(0L),
            bench.at(parts));
    kernels().backward(bench.stream(), backward, draws, rows);
    new CardColumns(bench, sums)
        .finish(
            parts,
            List.of(
                sums.room(layer.weight()),
                sums.room(layer.bias()),
                kept.added.flatMap(added -> sums.room(added.bias()))));
    return new Residual.Split(dx, dadded);
  }
}
