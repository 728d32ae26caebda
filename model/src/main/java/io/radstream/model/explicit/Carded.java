package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.radstream.model.config.Activation;
import io.radstream.model.kernels.ColumnKernels.Derivative;
import io.radstream.model.kernels.Draws;
import io.radstream.model.kernels.EmbeddingKernels;
import io.radstream.model.layers.Dropout;
import io.radstream.model.layers.LayerNorm;
import io.radstream.model.layers.Linear;

/**
 * By kernels of our own. What products give and take is bfloat16, residual sums and gradients of
 * weights are float32.
 */
record Carded(Operations operations, GradientSums sums, StepKernels kernels, Drawing drawing)
    implements Between {

  private Bench bench() {
    return new Bench(kernels, operations);
  }

  @Override
  public Between in(Operations other) {
    return new Carded(other, sums, kernels, drawing);
  }

  @Override
  public Normed norm(LayerNorm layer, Residual x, Reader reader) {
    Draws draws = x.added().map(added -> drawing.next(added.dropout())).orElse(Draws.NONE);
    return CardNorm.of(bench(), sums, layer, draws, x, reader == Reader.ALL);
  }

  @Override
  public NDArray learned(NDArray dy, NDArray... biases) {
    NDArray narrow = operations.narrow(dy);
    new CardColumns(bench(), sums).learn(narrow, biases);
    return narrow;
  }

  @Override
  public NDArray stored(NDArray x) {
    return operations.narrow(x);
  }

  @Override
  public Features features(NDArray stream) {
    return new Features(operations.narrow(stream), stream);
  }

  @Override
  public Activated activate(Activation activation, Linear layer, NDArray x) {
    return switch (activation) {
      case RELU -> {
        NDArray y = operations.productRelu(x, layer.weight(), layer.bias());
        yield new Activated(y, y);
      }
      case GELU -> {
        NDArray before = operations.product(x, layer.weight(), layer.bias());
        yield new Activated(before, operations.activate(activation, before));
      }
    };
  }

  @Override
  public NDArray activateBack(Activation activation, Linear layer, NDArray dy, Activated of) {
    Derivative by =
        switch (activation) {
          case RELU -> Derivative.RELU;
          case GELU -> Derivative.GELU;
        };
    return new CardColumns(bench(), sums).back(by, dy, of.known(), layer.bias());
  }

  @Override
  public Passed dropout(Dropout layer, NDArray x) {
    Draws draws = drawing.next(layer);
    return new Passed(dropped(x, draws), dy -> dropped(dy, draws));
  }

  @Override
  public Flow dropout(Dropout layer, Features x) {
    Draws draws = drawing.next(layer);
    return new Flow(
        new Features(dropped(x.narrow(), draws), dropped(x.stream(), draws)),
        dy ->
            new Feedback(
                dy.narrow().map(narrow -> dropped(narrow, draws)),
                dy.stream().map(stream -> dropped(stream, draws))));
  }

  private NDArray dropped(NDArray x, Draws draws) {
    if (draws.threshold() == 0) {
      return x;
    }
    Bench bench = bench();
    boolean wide = x.getDataType() == DataType.FLOAT32;
    long[] shape = x.getShape().getShape();
    NDArray y = wide ? bench.wide(shape) : bench.narrow(shape);
    EmbeddingKernels of = kernels.embeddings().get(Bench.width(x));
    of.drop(bench.stream(), wide, bench.at(x), bench.at(y), draws, Bench.rows(x));
    return y;
  }

  @Override
  public NDArray look(Tables tables, NDArray ids, NDArray at) {
    return new CardTables(bench()).look(tables, ids, at);
  }

  @Override
  public void learn(NDArray table, double factor, NDArray ids, NDArray dy) {
    CardTables tables = new CardTables(bench());
    sums.room(table).ifPresent(room -> tables.learn(room, factor, ids, dy));
  }

  @Override
  public Predicted predict(Linear layer, NDArray x, NDArray next) {
    return CardPrediction.of(bench(), sums, layer, x, next);
  }

  @Override
  public Views views() {
    return new CardViews(bench());
  }
}
