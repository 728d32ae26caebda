package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.layers.Dropout;
import io.radstream.model.layers.Linear;
import io.radstream.model.layers.MultiHeadAttention;
import io.radstream.model.layers.Perceptron;
import java.util.List;
import java.util.function.Consumer;

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
        produced.y(),
        dy -> {
          if (sums.want(layer.bias())) {
            sums.add(layer.bias(), operations.sumRows(dy));
          }
          return produced.back().through(dy);
        });
  }

  Produced product(Linear layer, NDArray x) {
    return new Produced(
        operations.product(x, layer.weight(), layer.bias()),
        layer.bias(),
        dy -> {
          learn(layer.weight(), dy, x);
          return operations.productBack(dy, layer.weight());
        });
  }

  /** Of a product. */
  void learn(NDArray weight, NDArray dy, NDArray x) {
    if (sums.want(weight)) {
      sums.add(weight, operations.productWeight(dy, x));
    }
  }

  /** y = φ(x·W₁ᵀ + b₁)·W₂ᵀ + b₂. */
  Produced perceptron(Perceptron layer, NDArray x) {
    Linear inner = layer.hidden();
    Activated hidden = between.activate(layer.activation(), inner, x);
    Produced output = product(layer.output(), hidden.y());
    return new Produced(
        output.y(),
        output.bias(),
        dy -> {
          NDArray dactive = output.back().through(dy);
          NDArray dhidden = between.activateBack(layer.activation(), inner, dactive, hidden);
          learn(inner.weight(), dhidden, x);
          return operations.productBack(dhidden, inner.weight());
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
        output.bias(),
        dy -> {
          List<NDArray> found = attended.back(operations, output.back().through(dy));
          NDArray dqkv =
              between.learned(
                  operations.beside(found.toArray(NDArray[]::new)),
                  layer.query().bias(),
                  layer.key().bias(),
                  layer.value().bias());
          learn(List.of(layer.query(), layer.key(), layer.value()), dqkv, x);
          return operations.productBack(dqkv, inner.weight());
        });
  }

  /**
   * Each sequence attends to one of the memory; key and value are one product.
   *
   * @param seen is given the gradient by the memory
   */
  Produced attention(
      MultiHeadAttention layer,
      NDArray x,
      Sequences rows,
      NDArray memory,
      Sequences places,
      Consumer<NDArray> seen) {
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
    return new Produced(
        output.y(),
        output.bias(),
        dy -> {
          List<NDArray> found = attended.back(operations, output.back().through(dy));
          NDArray dkv =
              between.learned(
                  operations.beside(found.get(1), found.get(2)),
                  layer.key().bias(),
                  layer.value().bias());
          learn(List.of(layer.key(), layer.value()), dkv, memory);
          seen.accept(operations.productBack(dkv, inner.weight()));
          return query.back().through(between.learned(found.get(0), query.bias()));
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
    for (int i = 0; i < layers.size(); i++) {
      sums.add(layers.get(i).weight(), weights.get(i));
    }
  }
}
