package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Activation;
import java.util.List;

/**
 * The engine's operations that layers and their ways back consist of. Products are in one type of
 * numbers, the narrow one; all else is in another, the wide one.
 *
 * @param manager what is computed belongs to it
 */
public record Operations(Calls calls, NDManager manager) {

  /** The same for another owner. */
  public Operations in(NDManager other) {
    return new Operations(calls, other);
  }

  /** For what lives no longer than a layer. */
  Operations within() {
    return in(manager.newSubManager());
  }

  void close() {
    manager.close();
  }

  Call call(String method) {
    return new Call(calls, manager, method);
  }

  /** In another shape. */
  NDArray shaped(NDArray x, long... sides) {
    return call("shaped").with(x).with(sides).one();
  }

  /** rows × inputs to rows × outputs, narrow. */
  NDArray product(NDArray x, NDArray weight, NDArray bias) {
    return call("product").with(x, weight, bias).one();
  }

  /** The same, and 0 in place of what is below. */
  NDArray productRelu(NDArray x, NDArray weight, NDArray bias) {
    return call("product_relu").with(x, weight, bias).one();
  }

  /** The same without a bias. */
  NDArray product(NDArray x, NDArray weight) {
    return call("product_alone").with(x, weight).one();
  }

  /** The gradient by x. */
  NDArray productBack(NDArray dy, NDArray weight) {
    return call("product_back").with(dy, weight).one();
  }

  /** The gradient by the weight, narrow. */
  NDArray productWeight(NDArray dy, NDArray x) {
    return call("product_weight").with(dy, x).one();
  }

  /** Sum over the first axis, wide. */
  NDArray sumRows(NDArray x) {
    return call("sum_rows").with(x).one();
  }

  /** Of all numbers, a scalar. */
  NDArray sumAll(NDArray x) {
    return call("sum_all").with(x).one();
  }

  /** Mean over the second of three axes. */
  NDArray meanPlaces(NDArray x) {
    return call("mean_places").with(x).one();
  }

  /** Sum over the second axis, wide. */
  NDArray sumPlaces(NDArray x) {
    return call("sum_places").with(x).one();
  }

  /** Sum over the last axis, wide. */
  NDArray sumFeatures(NDArray x) {
    return call("sum_features").with(x).one();
  }

  /** Sum over all of three axes but the first, wide. */
  NDArray sumEach(NDArray x) {
    return call("sum_each").with(x).one();
  }

  /** Along the first axis. */
  NDArray joined(NDArray... parts) {
    return call("joined").with(List.of(parts)).one();
  }

  /** Along the last axis. */
  NDArray beside(NDArray... parts) {
    return call("beside").with(List.of(parts)).one();
  }

  /** Along the second axis. */
  NDArray joinedPlaces(NDArray... parts) {
    return call("joined_places").with(List.of(parts)).one();
  }

  /** A view of the first along the second axis, without that axis. */
  NDArray firstPlace(NDArray x) {
    return call("first_place").with(x).one();
  }

  /** A view of the others. */
  NDArray otherPlaces(NDArray x) {
    return call("other_places").with(x).one();
  }

  /** A view of 1 × 1 × width as count × 1 × width. */
  NDArray spread(NDArray x, long count) {
    return call("spread").with(x).with(count).one();
  }

  /** With zeros behind it, along the first axis. */
  NDArray lengthened(NDArray x, long by) {
    return call("lengthened").with(x).with(by).one();
  }

  /** Numbers in order, equal ones as they came, and where they were. */
  List<NDArray> sorted(NDArray x) {
    return call("sorted").with(x).many();
  }

  /**
   * Not filled.
   *
   * @param beside lies on the same device
   */
  NDArray emptyNarrow(NDArray beside, long... sides) {
    return call("empty_narrow").with(beside).with(sides).one();
  }

  /** The same, wide. */
  NDArray emptyWide(NDArray beside, long... sides) {
    return call("empty_wide").with(beside).with(sides).one();
  }

  /** Views, as many as there are parts. */
  List<NDArray> chunks(NDArray x, long count, long axis) {
    return call("chunks").with(x).with(count).with(axis).many();
  }

  /** A view: those of the first axis from one to before another. */
  public NDArray part(NDArray x, long from, long to) {
    return call("part").with(x).with(from).with(to).one();
  }

  /** A view: one number of a vector. */
  public NDArray scalar(NDArray x, long at) {
    return shaped(part(x, at, at + 1));
  }

  public NDArray copy(NDArray x) {
    return call("copy").with(x).one();
  }

  /** Into the memory of another, in its type. */
  public void put(NDArray to, NDArray x) {
    call("put").with(to, x).make();
  }

  /** Whether arrays have the same numbers as their counterparts; what is no number is the same. */
  public boolean same(List<NDArray> some, List<NDArray> others) {
    return call("same").with(some).with(others).one().toBooleanArray()[0];
  }

  /** With axes in another order, one number behind the other. */
  NDArray turned(NDArray x, long... axes) {
    return call("turned").with(x).with(axes).one();
  }

  NDArray add(NDArray x, NDArray y) {
    return call("add").with(x, y).one();
  }

  /** In place. */
  void addTo(NDArray x, NDArray y) {
    call("add_to").with(x, y).make();
  }

  /** In place: zeros. */
  void clear(NDArray x) {
    call("clear").with(x).make();
  }

  NDArray wide(NDArray x) {
    return call("wide").with(x).one();
  }

  /** One number behind the other. */
  NDArray narrow(NDArray x) {
    return call("narrow").with(x).one();
  }

  NDArray zerosLike(NDArray x) {
    return call("zeros_like").with(x).one();
  }

  NDArray times(NDArray x, NDArray y) {
    return call("times").with(x, y).one();
  }

  NDArray scaled(NDArray x, double factor) {
    return call("scaled").with(x).with(factor).one();
  }

  /** Normalised rows, their means and one over their deviations. */
  List<NDArray> norm(NDArray x, NDArray weight, NDArray bias, double epsilon) {
    return call("norm").with(x, weight, bias).with(epsilon).many();
  }

  /** Gradients by x, weight and bias. */
  List<NDArray> normBack(
      NDArray dy, NDArray x, NDArray mean, NDArray deviation, NDArray weight, NDArray bias) {
    return call("norm_back").with(dy, x, mean, deviation, weight, bias).many();
  }

  NDArray activate(Activation activation, NDArray x) {
    return switch (activation) {
      case RELU -> call("relu").with(x).one();
      case GELU -> call("gelu").with(x).one();
    };
  }

  /**
   * @param y what the activation made of x
   */
  NDArray activateBack(Activation activation, NDArray dy, NDArray x, NDArray y) {
    return switch (activation) {
      case RELU -> call("relu_back").with(dy, y).one();
      case GELU -> call("gelu_back").with(dy, x).one();
    };
  }

  /** 0, or one over the probability to be kept; the engine's seed decides which. */
  NDArray noise(NDArray like, double keep) {
    return call("noise").with(like).with(keep).one();
  }

  /** Rows of a table. */
  NDArray look(NDArray table, NDArray ids) {
    return call("look").with(table, ids).one();
  }

  /**
   * The gradient by the table, wide.
   *
   * @param count rows of the table
   */
  NDArray lookBack(NDArray dy, NDArray ids, long count) {
    return call("look_back").with(dy, ids).with(count).one();
  }

  /** Those at places of the first axis. */
  NDArray pick(NDArray x, NDArray places) {
    return call("pick").with(x, places).one();
  }

  /**
   * @param count places that there are
   */
  NDArray pickBack(NDArray dy, NDArray places, long count) {
    return call("pick_back").with(dy, places).with(count).one();
  }
}
