package io.radstream.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.TensorFile.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** Weights, or an optimizer's state, that a training saved; each is read when it is asked for. */
public record SavedWeights(NDManager manager, TensorFile file) implements Weights.Source {

  /**
   * @param manager of the weights
   * @throws IOException where the file cannot be read or is no whole safetensors file
   */
  public static SavedWeights open(NDManager manager, Path file) throws IOException {
    return new SavedWeights(manager, TensorFile.open(file));
  }

  @Override
  public NDArray value(String name, Shape shape, Kind kind) {
    try {
      return read(name, shape);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private NDArray read(String name, Shape shape) throws IOException {
    Entry entry = file.entries().get(name);
    if (entry == null) {
      throw new IOException(file.file() + " has no tensor " + name);
    }
    if (!entry.shape().equals(shape) || !entry.type().equals(Optional.of(TensorType.F32))) {
      throw new IOException(
          "%s: tensor %s is %s %s, but the configuration needs F32 %s"
              .formatted(file.file(), name, entry.typeName(), entry.shape(), shape));
    }
    return file.read(name).in(manager);
  }

  boolean has(String name, Shape shape) {
    Entry entry = file.entries().get(name);
    return entry != null && entry.shape().equals(shape);
  }
}
