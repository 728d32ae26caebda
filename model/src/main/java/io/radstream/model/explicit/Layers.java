package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.layers.Dropout;
import io.radstream.model.layers.Linear;
import io.radstream.model.layers.MultiHeadAttention;
import io.radstream.model.layers.Perceptron;
import java.util.List;

/**
 * Layers and their ways back, on rows × width. What products give is narrow, and so is what goes
 * back into them.
 *
 * @param sums of the gradients of weights
 * @param between products
 */
record Layers(Operations operations, GradientSums sums, Between between) {

  /** By the engine's operations alone. */
  Layers(Operations operations, GradientSums sums) {
    this(operations, sums, new Scripted(operations, sums));
  }

  /** The same whose results live no longer than a block. */
  Layers within() {
    Operations own = operations.within();
    return new Layers(own, sums, between.in(own));
  }

  /** For as long as these layers, and not those within. */
  void keep(NDArray array) {
    array.attach(operations.manager());
  }

  void close() {
    operations.close();
  }

  /** y = x·Wᵀ + b; dx = dy·W, dW = dyᵀ·x, db = Σ dy. Of any width: by the engine's operations. */
  Passed linear(Linear layer, NDArray x) {
    Produced produced = product(layer, x);
    return new Passed(
        produced.y(), dy -> produced.back().through(new Summed(dy, () -> operations.sumRows(dy))));
  }

  /** The same where Σ dy is told. */
  Produced product(Linear layer, NDArray x) {
    return new Produced(
        operations.product(x, layer.weight(), layer.bias()),
        dy -> {
          learn(layer, dy, x);
          return operations.productBack(dy.rows(), layer.weight());
        });
  }

  /** Of weight and bias. */
  void learn(Linear layer, Summed dy, NDArray x) {
    if (sums.want(layer.weight())) {
      sums.add(layer.weight(), operations.productWeight(dy.rows(), x));
    }
    if (sums.want(layer.bias())) {
      sums.add(layer.bias(), dy.sum().get());
    }
  }

  /** y = φ(x·W₁ᵀ + b₁)·W₂ᵀ + b₂. */
  Produced perceptron(Perceptron layer, NDArray x) {
    Activated hidden = between.activate(layer.activation(), layer.hidden(), x);
    Produced output = product(layer.output(), hidden.y());
    return new Produced(
        output.y(),
        dy -> {
          NDArray dactive = output.back().through(dy);
          Summed dhidden = between.activateBack(layer.activation(), dactive, hidden);
          learn(layer.hidden(), dhidden, x);
          return operations.productBack(dhidden.rows(), layer.hidden().weight());
        });
  }

  Passed dropout(Dropout layer, NDArray x) {
    return between.dropout(layer, x);
  }

  /** Each sequence attends to itself; query, key and value are one product. */
  Produced attention(MultiHeadAttention layer, NDArray x, Sequences rows, boolean causal) {
    Linear inner = joined(layer.query(), layer.key(), layer.value());
    NDArray qkv = operations.product(x, inner.weight(), inner.bias());
    Attended attended =
        Attended.of(
            operations,
            operations.chunks(qkv, 3, 1),
            new Attended.Among(rows, rows, layer.heads(), causal));
    Produced output = product(layer.output(), attended.y());
    return new Produced(
        output.y(),
        dy -> {
          List<NDArray> found = attended.back(operations, output.back().through(dy));
          Summed dqkv = between.summed(operations.beside(found.toArray(NDArray[]::new)));
          learn(List.of(layer.query(), layer.key(), layer.value()), dqkv, x);
          return operations.productBack(dqkv.rows(), inner.weight());
        });
  }

  /** What a layer of attention gives by what asks, and by what is attended to. */
  record Crossed(NDArray y, Back back) {

    interface Back {

      /** Gradients by what asks and by what is attended to. */
      Both through(Summed dy);
    }

    record Both(NDArray asking, NDArray memory) {}
  }

  /** Each sequence attends to one of the memory; key and value are one product. */
  Crossed attention(
      MultiHeadAttention layer, NDArray x, Sequences rows, NDArray memory, Sequences places) {
    Produced query = product(layer.query(), x);
    Linear inner = joined(layer.key(), layer.value());
    List<NDArray> kv =
        operations.chunks(operations.product(memory, inner.weight(), inner.bias()), 2, 1);
    Attended attended =
        Attended.of(
            operations,
            List.of(query.y(), kv.get(0), kv.get(1)),
            new Attended.Among(rows, places, layer.heads(), false));
    Produced output = product(layer.output(), attended.y());
    return new Crossed(
        output.y(),
        dy -> {
          List<NDArray> found = attended.back(operations, output.back().through(dy));
          Summed dkv = between.summed(operations.beside(found.get(1), found.get(2)));
          learn(List.of(layer.key(), layer.value()), dkv, memory);
          return new Crossed.Both(
              query.back().through(between.summed(found.get(0))),
              operations.productBack(dkv.rows(), inner.weight()));
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
  private void learn(List<Linear> layers, Summed dy, NDArray x) {
    if (layers.stream().noneMatch(layer -> sums.want(layer.weight()))) {
      return;
    }
    List<NDArray> weights =
        operations.chunks(operations.productWeight(dy.rows(), x), layers.size(), 0);
    List<NDArray> biases = operations.chunks(dy.sum().get(), layers.size(), 0);
    for (int i = 0; i < layers.size(); i++) {
      sums.add(layers.get(i).weight(), weights.get(i));
      sums.add(layers.get(i).bias(), biases.get(i));
    }
  }
}
