package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.kernels.EntropyKernels;
import io.radstream.model.layers.Linear;

/**
 * How likely tokens are, with logits of as many columns as the kernel and the card like. The
 * gradient takes the logits' place on the way forward, for a sum that counts once; what it counts
 * for is multiplied in behind the products.
 */
record CardPrediction(
    Bench bench, GradientSums sums, Linear layer, NDArray x, NDArray weight, NDArray gradient) {

  /**
   * @param x rows × width, bfloat16
   * @param next tokens, rows × 1; those that are negative do not count
   */
  static Predicted of(Bench bench, GradientSums sums, Linear layer, NDArray x, NDArray next) {
    Operations operations = bench.operations();
    int classes = Bench.rows(layer.weight());
    int more = StepKernels.padded(classes) - classes;
    NDArray weight = operations.lengthened(layer.weight(), more);
    NDArray logits = operations.product(x, weight, operations.lengthened(layer.bias(), more));
    NDArray losses = bench.wide(Bench.rows(x));
    EntropyKernels.Rows rows =
        new EntropyKernels.Rows(
            bench.at(logits), bench.at(next), bench.at(bench.kernels().one()), bench.at(losses));
    EntropyKernels kernels = bench.kernels().entropy().orElseThrow();
    kernels.run(bench.stream(), rows, Bench.rows(x), classes);
    CardPrediction prediction = new CardPrediction(bench, sums, layer, x, weight, logits);
    return new Predicted(operations.scaled(operations.sumAll(losses), -1), prediction::back);
  }

  /**
   * @param factor a scalar, of the sum of log-likelihoods, which are the losses' other sign
   */
  private NDArray back(NDArray factor) {
    Operations operations = bench.operations();
    NDArray opposite = operations.scaled(factor, -1);
    int classes = Bench.rows(layer.weight());
    if (sums.want(layer.weight())) {
      NDArray scaled = operations.times(x, opposite);
      NDArray found = operations.productWeight(gradient, scaled);
      sums.add(layer.weight(), operations.part(found, 0, classes));
    }
    if (sums.want(layer.bias())) {
      NDArray found = new CardColumns(bench, sums).sum(gradient);
      sums.add(layer.bias(), operations.times(operations.part(found, 0, classes), opposite));
    }
    return operations.times(operations.productBack(gradient, weight), opposite);
  }
}
