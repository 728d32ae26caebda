package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.Activation;
import io.radstream.model.layers.Dropout;
import io.radstream.model.layers.LayerNorm;
import io.radstream.model.layers.Linear;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** By the engine's operations: all but products is wide, whatever the device and the types. */
record Scripted(Operations operations, GradientSums sums) implements Between {

  @Override
  public Between in(Operations other) {
    return new Scripted(other, sums);
  }

  @Override
  public Normed norm(LayerNorm layer, Residual x, Reader reader) {
    Optional<Passed> dropped = x.added().map(added -> dropout(added.dropout(), added.rows()));
    NDArray z = dropped.map(a -> operations.add(x.x(), a.y())).orElse(x.x());
    List<NDArray> normed = operations.norm(z, layer.weight(), layer.bias(), layer.epsilon());
    return new Normed(
        z,
        Features.both(normed.get(0)),
        (dy, dsum) -> {
          List<NDArray> found =
              operations.normBack(
                  dy.total(operations),
                  z,
                  normed.get(1),
                  normed.get(2),
                  layer.weight(),
                  layer.bias());
          sums.add(layer.weight(), found.get(1));
          sums.add(layer.bias(), found.get(2));
          NDArray dz = dsum.map(more -> operations.add(more, found.get(0))).orElse(found.get(0));
          Optional<NDArray> dadded = dropped.map(a -> a.back().through(dz));
          dadded.ifPresent(rows -> learned(rows, x.added().orElseThrow().bias()));
          return new Residual.Split(dz, dadded);
        });
  }

  @Override
  public NDArray learned(NDArray dy, NDArray... biases) {
    if (Arrays.stream(biases).anyMatch(sums::want)) {
      NDArray all = operations.sumRows(dy);
      List<NDArray> found =
          biases.length == 1 ? List.of(all) : operations.chunks(all, biases.length, 0);
      for (int i = 0; i < biases.length; i++) {
        sums.add(biases[i], found.get(i));
      }
    }
    return dy;
  }

  @Override
  public NDArray stored(NDArray x) {
    return operations.wide(x);
  }

  @Override
  public Features features(NDArray stream) {
    return Features.both(stream);
  }

  @Override
  public Activated activate(Activation activation, Linear layer, NDArray x) {
    NDArray before = operations.product(x, layer.weight(), layer.bias());
    return new Activated(before, operations.activate(activation, before));
  }

  @Override
  public NDArray activateBack(Activation activation, Linear layer, NDArray dy, Activated of) {
    return learned(operations.activateBack(activation, dy, of.known(), of.y()), layer.bias());
  }

  @Override
  public Passed dropout(Dropout layer, NDArray x) {
    if (!layer.training() || layer.rate() == 0) {
      return new Passed(x, dy -> dy);
    }
    NDArray noise = operations.noise(x, 1 - layer.rate());
    return new Passed(operations.times(x, noise), dy -> operations.times(dy, noise));
  }

  @Override
  public Flow dropout(Dropout layer, Features x) {
    Passed dropped = dropout(layer, x.stream());
    return new Flow(
        Features.both(dropped.y()),
        dy -> Feedback.ofStream(dropped.back().through(dy.total(operations))));
  }

  @Override
  public NDArray look(Tables tables, NDArray ids, NDArray at) {
    NDArray words = operations.look(tables.words(), ids);
    NDArray scaled = tables.factor() == 1 ? words : operations.scaled(words, tables.factor());
    NDArray placed = operations.add(scaled, operations.look(tables.places(), at));
    return tables.every().map(every -> operations.add(placed, every)).orElse(placed);
  }

  @Override
  public void learn(NDArray table, double factor, NDArray ids, NDArray dy) {
    if (sums.want(table)) {
      NDArray scaled = factor == 1 ? dy : operations.scaled(dy, factor);
      sums.add(table, operations.lookBack(scaled, ids, table.getShape().get(0)));
    }
  }

  @Override
  public Predicted predict(Linear layer, NDArray x, NDArray next) {
    Passed logits = new Layers(operations, sums).linear(layer, x);
    List<NDArray> likelihood = operations.call("likelihood").with(logits.y(), next).many();
    return new Predicted(
        likelihood.get(0),
        factor ->
            logits
                .back()
                .through(
                    operations
                        .call("likelihood_back")
                        .with(logits.y(), next, likelihood.get(1), factor)
                        .one()));
  }

  @Override
  public Views views() {
    return new ScriptedViews(operations);
  }
}
