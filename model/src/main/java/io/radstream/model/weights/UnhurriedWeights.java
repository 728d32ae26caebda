package io.radstream.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.weights.Parameter.Kind;
import java.util.concurrent.locks.LockSupport;

/**
 * Rests after each weight for as long as it took. A system that looks for a free processor when a
 * thread ends or rests, as Linux does, so gets many chances to give this one to who waits.
 */
public record UnhurriedWeights(Weights.Source source) implements Weights.Source {

  @Override
  public NDArray value(String name, Shape shape, Kind kind) {
    long began = System.nanoTime();
    NDArray value = source.value(name, shape, kind);
    LockSupport.parkNanos(System.nanoTime() - began);
    return value;
  }
}
