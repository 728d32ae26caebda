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
   * @param hasMore whether something was added
   */
  record Kept(NDArray sum, NDArray mean, NDArray inverse, boolean hasMore) {}

  static Normed of(
      Bench bench, GradientSums sums, LayerNorm layer, Draws draws, Residual x, boolean all) {
    int rows = Bench.rows(x.x());
    int width = Bench.width(x.x());
    Optional<NDArray> more = x.added().map(Residual.Added::rows);
    NDArray sum = more.map(a -> bench.wide(rows, width)).orElse(x.x());
    NDArray narrow = bench.narrow(rows, width);
    NDArray stream = all ? bench.wide(rows, width) : narrow;
    Kept kept = new Kept(sum, bench.wide(rows), bench.wide(rows), more.isPresent());
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
    Optional<NDArray> dmore =
        kept.hasMore ? Optional.of(bench.narrow(rows, width)) : Optional.empty();
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
            dmore.map(bench::at).orElse(0L),
            bench.at(parts));
    kernels().backward(bench.stream(), backward, draws, rows);
    List<NDArray> found = new CardColumns(bench).finishThree(parts);
    sums.add(layer.weight(), found.get(0));
    sums.add(layer.bias(), found.get(1));
    return new Residual.Split(dx, dmore.map(more -> new Summed(more, () -> found.get(2))));
  }
}
