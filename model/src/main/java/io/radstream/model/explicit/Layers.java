package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.layers.Dropout;
import io.radstream.model.layers.LayerNorm;
import io.radstream.model.layers.Linear;
import io.radstream.model.layers.MultiHeadAttention;
import io.radstream.model.layers.Perceptron;
import java.util.List;

/**
 * Layers and their ways back, on rows × width. What products give is narrow, and so is what goes
 * back into them.
 *
 * @param sums of the gradients of weights
 */
record Layers(Operations operations, GradientSums sums) {

  /** The same whose results live no longer than a block. */
  Layers within() {
    return new Layers(operations.within(), sums);
  }

  void close() {
    operations.close();
  }

  /** y = x·Wᵀ + b; dx = dy·W, dW = dyᵀ·x, db = Σ dy. */
  Passed linear(Linear layer, NDArray x) {
    return new Passed(
        operations.product(x, layer.weight(), layer.bias()),
        dy -> {
          learn(layer, dy, x);
          return operations.productBack(dy, layer.weight());
        });
  }

  /** Of weight and bias. */
  void learn(Linear layer, NDArray dy, NDArray x) {
    if (sums.want(layer.weight())) {
      sums.add(layer.weight(), operations.productWeight(dy, x));
    }
    if (sums.want(layer.bias())) {
      sums.add(layer.bias(), operations.sumRows(dy));
    }
  }

  /** y = φ(x·W₁ᵀ + b₁)·W₂ᵀ + b₂. */
  Passed perceptron(Perceptron layer, NDArray x) {
    Passed hidden = linear(layer.hidden(), x);
    NDArray active = operations.activate(layer.activation(), hidden.y());
    Passed output = linear(layer.output(), active);
    return new Passed(
        output.y(),
        dy -> {
          NDArray dactive = output.back().through(dy);
          return hidden
              .back()
              .through(operations.activateBack(layer.activation(), dactive, hidden.y(), active));
        });
  }

  /** y = (x − mean)/σ·γ + β, row by row. */
  Passed norm(LayerNorm layer, NDArray x) {
    List<NDArray> normed = operations.norm(x, layer.weight(), layer.bias(), layer.epsilon());
    return new Passed(
        normed.get(0),
        dy -> {
          List<NDArray> found =
              operations.normBack(
                  dy, x, normed.get(1), normed.get(2), layer.weight(), layer.bias());
          sums.add(layer.weight(), found.get(1));
          sums.add(layer.bias(), found.get(2));
          return found.get(0);
        });
  }

  /** y = x·m/(1 − p), m being 0 with probability p, else 1. */
  Passed dropout(Dropout layer, NDArray x) {
    if (!layer.training() || layer.rate() == 0) {
      return new Passed(x, dy -> dy);
    }
    NDArray noise = operations.noise(x, 1 - layer.rate());
    return new Passed(operations.times(x, noise), dy -> operations.times(dy, noise));
  }

  /** Each sequence attends to itself; query, key and value are one product. */
  Passed attention(MultiHeadAttention layer, NDArray x, Sequences rows, boolean causal) {
    Linear inner = joined(layer.query(), layer.key(), layer.value());
    NDArray qkv = operations.product(x, inner.weight(), inner.bias());
    Attended attended =
        Attended.of(
            operations,
            operations.chunks(qkv, 3, 1),
            new Attended.Among(rows, rows, layer.heads(), causal));
    Passed output = linear(layer.output(), attended.y());
    return new Passed(
        output.y(),
        dy -> {
          List<NDArray> found = attended.back(operations, output.back().through(dy));
          NDArray dqkv = operations.beside(found.toArray(NDArray[]::new));
          learn(List.of(layer.query(), layer.key(), layer.value()), dqkv, x);
          return operations.productBack(dqkv, inner.weight());
        });
  }

  /** What a layer of attention gives by what asks, and by what is attended to. */
  record Crossed(NDArray y, Back back) {

    interface Back {

      /** Gradients by what asks and by what is attended to. */
      Both through(NDArray dy);
    }

    record Both(NDArray asking, NDArray memory) {}
  }

  /** Each sequence attends to one of the memory; key and value are one product. */
  Crossed attention(
      MultiHeadAttention layer, NDArray x, Sequences rows, NDArray memory, Sequences places) {
    Passed query = linear(layer.query(), x);
    Linear inner = joined(layer.key(), layer.value());
    List<NDArray> kv =
        operations.chunks(operations.product(memory, inner.weight(), inner.bias()), 2, 1);
    Attended attended =
        Attended.of(
            operations,
            List.of(query.y(), kv.get(0), kv.get(1)),
            new Attended.Among(rows, places, layer.heads(), false));
    Passed output = linear(layer.output(), attended.y());
    return new Crossed(
        output.y(),
        dy -> {
          List<NDArray> found = attended.back(operations, output.back().through(dy));
          NDArray dkv = operations.beside(found.get(1), found.get(2));
          learn(List.of(layer.key(), layer.value()), dkv, memory);
          return new Crossed.Both(
              query.back().through(found.get(0)), operations.productBack(dkv, inner.weight()));
        });
  }

  private Linear joined(Linear... layers) {
    NDArray[] weights = new NDArray[layers.length];
    NDArray[] biases = new NDArray[layers.length];
    for (int i = 0; i < layers.length; i++) {
      weights[i] = layers[i].weight();
      biases[i] = layers[i].bias();
    }
    return new Linear(
        operations.joined(weights), operations.joined(biases), layers[0].arithmetic());
  }

  /** Of layers whose outputs lie beside each other. */
  private void learn(List<Linear> layers, NDArray dy, NDArray x) {
    if (layers.stream().noneMatch(layer -> sums.want(layer.weight()))) {
      return;
    }
    List<NDArray> weights = operations.chunks(operations.productWeight(dy, x), layers.size(), 0);
    List<NDArray> biases = operations.chunks(operations.sumRows(dy), layers.size(), 0);
    for (int i = 0; i < layers.size(); i++) {
      sums.add(layers.get(i).weight(), weights.get(i));
      sums.add(layers.get(i).bias(), biases.get(i));
    }
  }
}
