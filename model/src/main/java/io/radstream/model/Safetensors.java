package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.Parameter.Kind;
import io.radstream.model.Weights.MissingWeightException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Weights in a safetensors file: names, shapes and numbers, and no code that could run on loading.
 */
record Safetensors(Path file, Map<String, NDArray> tensors) implements Weights.Source {

  private static final int BUFFER = 1 << 20;

  /**
   * @throws IOException where the file cannot be read or is no whole safetensors file
   */
  static Safetensors read(NDManager manager, Path file) throws IOException {
    checkHeader(file);
    Map<String, NDArray> tensors = new HashMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      for (NDArray tensor : NDList.decode(manager, in)) {
        tensors.put(tensor.getName(), tensor);
      }
    } catch (RuntimeException e) {
      throw damaged(file, "its tensors do not match its header", e);
    }
    return new Safetensors(file, tensors);
  }

  static void write(Path file, Map<String, NDArray> tensors) throws IOException {
    NDList list = new NDList();
    tensors.forEach(
        (name, tensor) -> {
          tensor.setName(name);
          list.add(tensor);
        });
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
      list.encode(out, NDList.Encoding.SAFETENSORS);
    }
  }

  @Override
  public NDArray value(String name, Shape shape, Kind kind) {
    NDArray tensor = tensors.get(name);
    if (tensor == null) {
      throw new MissingWeightException(file.getFileName() + " has no tensor " + name);
    }
    if (!tensor.getShape().equals(shape) || tensor.getDataType() != DataType.FLOAT32) {
      throw new MissingWeightException(
          "%s: tensor %s is %s %s, but the configuration needs float32 %s"
              .formatted(file.getFileName(), name, tensor.getDataType(), tensor.getShape(), shape));
    }
    return tensor;
  }

  boolean has(String name, Shape shape) {
    NDArray tensor = tensors.get(name);
    return tensor != null && tensor.getShape().equals(shape);
  }

  /** Frees the memory of the others. */
  void closeAllBut(Set<String> names) {
    tensors.forEach(
        (name, tensor) -> {
          if (!names.contains(name)) {
            tensor.close();
          }
        });
  }

  /** The decoder would allocate whatever length a damaged header claims. */
  private static void checkHeader(Path file) throws IOException {
    long size = Files.size(file);
    if (size < Long.BYTES) {
      throw damaged(file, "it is shorter than a header", null);
    }
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      long header = Long.reverseBytes(in.readLong());
      if (header < 2 || header > size - Long.BYTES) {
        throw damaged(file, "its header does not fit into it", null);
      }
    }
  }

  private static IOException damaged(Path file, String why, Throwable cause) {
    return new IOException(file.getFileName() + " is not a whole safetensors file: " + why, cause);
  }
}
