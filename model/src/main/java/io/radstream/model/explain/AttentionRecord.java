package io.radstream.model.explain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Activation;
import io.radstream.model.engine.Scaling;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.layers.Linear;
import java.util.ArrayList;
import java.util.List;

/**
 * Plain arithmetic that keeps the weights of each attention, and makes their gradients known: to
 * each it adds a zero that requires one, which is then the gradient for the weights themselves. For
 * one pass, on one thread.
 */
final class AttentionRecord implements Arithmetic {

  private final Arithmetic plain = new Plain();
  private final List<Attention> attentions = new ArrayList<>();

  /**
   * Of one block.
   *
   * @param weights views × heads × tokens × tokens; each row sums to 1
   * @param zero holds their gradient, once that is known
   */
  record Attention(NDArray weights, NDArray zero) {}

  /** In the order of the blocks. */
  List<Attention> attentions() {
    return attentions;
  }

  /** A zero as large as this array, which will have the array's gradient if it is added to it. */
  static NDArray zero(NDArray like) {
    NDManager manager = like.getManager();
    NDArray zero = manager.zeros(like.getShape(), like.getDataType());
    zero.setRequiresGradient(true);
    return zero;
  }

  @Override
  public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return plain.linear(x, weight, bias);
  }

  @Override
  public NDArray perceptron(NDArray x, Linear hidden, Activation activation, Linear output) {
    return plain.perceptron(x, hidden, activation, output);
  }

  @Override
  public NDArray convolve(NDArray x, NDArray kernel, int stride, int padding) {
    return plain.convolve(x, kernel, stride, padding);
  }

  @Override
  public NDArray attend(NDArray q, NDArray k, NDArray v, NDArray mask) {
    double scale = 1 / Math.sqrt((double) q.getShape().get(3));
    NDArray scores = Scaling.by(scale, q).matMul(k.swapAxes(2, 3));
    NDArray weights = (mask == null ? scores : scores.add(mask)).softmax(3);
    NDArray zero = zero(weights);
    attentions.add(new Attention(weights, zero));
    return weights.add(zero).matMul(v);
  }
}
