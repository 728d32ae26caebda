package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;

/** A call of a script's method, to be given its arguments in their order and then made, once. */
final class Call {

  private final Calls calls;
  private final NDManager manager;
  private final String method;
  private final List<IValue> arguments = new ArrayList<>();

  /**
   * @param manager owns what the call gives
   */
  Call(Calls calls, NDManager manager, String method) {
    this.calls = calls;
    this.manager = manager;
    this.method = method;
  }

  Call with(NDArray... arrays) {
    for (NDArray array : arrays) {
      arguments.add(IValue.from((PtNDArray) array));
    }
    return this;
  }

  Call with(List<NDArray> arrays) {
    arguments.add(IValue.listFrom(arrays.toArray(PtNDArray[]::new)));
    return this;
  }

  Call with(long number) {
    arguments.add(IValue.from(number));
    return this;
  }

  Call with(double number) {
    arguments.add(IValue.from(number));
    return this;
  }

  Call with(boolean choice) {
    arguments.add(IValue.from(choice));
    return this;
  }

  Call with(long... numbers) {
    arguments.add(IValue.listFrom(numbers));
    return this;
  }

  NDArray one() {
    try (IValue result = result()) {
      return result.toTensor((PtNDManager) manager);
    }
  }

  List<NDArray> many() {
    try (IValue result = result()) {
      return List.copyOf(result.toNDList((PtNDManager) manager));
    }
  }

  /** For its effect. */
  void make() {
    result().close();
  }

  private IValue result() {
    try {
      return calls.call(method, arguments.toArray(IValue[]::new));
    } finally {
      arguments.forEach(IValue::close);
    }
  }
}
