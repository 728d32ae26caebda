package io.radstream.model.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The engine's own memory on the host, where batches are put for the device. The engine lends it
 * again and again: for a batch, a system can take thirty times as long to give new memory as it
 * takes to fill it.
 */
public final class HostMemory {

  /** Empty where the host is the device. */
  private final Optional<TorchScript> script;

  private final Optional<Crossing> crossing;

  /**
   * @param device whose device the pictures are for; lives as long as this
   */
  public HostMemory(NDManager device) {
    this.script =
        device.getDevice().isGpu() ? Optional.of(TorchScript.fused(device)) : Optional.empty();
    this.crossing = Crossing.of(device);
  }

  /**
   * @param manager of the pictures
   * @param most values that there may be
   * @param fill puts values, and gives the shape of those that it has put
   * @return on the manager's device, where it may still be on its way
   */
  public NDArray pictures(NDManager manager, int most, Function<FloatBuffer, Shape> fill) {
    return arrived(manager, DataType.FLOAT32, most, bytes -> fill.apply(bytes.asFloatBuffer()));
  }

  /**
   * Numbers of any type.
   *
   * @param fill puts all of them
   * @return on the manager's device, where they may still be on their way
   */
  public NDArray numbers(NDManager manager, DataType type, int count, Consumer<ByteBuffer> fill) {
    return arrived(
        manager,
        type,
        count,
        bytes -> {
          fill.accept(bytes);
          return new Shape(count);
        });
  }

  private NDArray arrived(
      NDManager manager, DataType type, int most, Function<ByteBuffer, Shape> fill) {
    return script
        .map(device -> brought(() -> sent(device, manager, type, most, fill)))
        .orElseGet(() -> put(manager.create(new Shape(most), type), fill));
  }

  /**
   * An array made from Java's memory: for the copy, the engine waits for all that is asked of the
   * device before on the same stream, so that it is made on another one.
   *
   * @param made on the device, from nothing that lies there
   * @return what is asked for from now on waits for it
   */
  public NDArray brought(Supplier<NDArray> made) {
    return crossing.map(way -> way.bring(made)).orElseGet(made);
  }

  /** Through pinned memory, which the device reads by itself. */
  private static NDArray sent(
      TorchScript script,
      NDManager manager,
      DataType type,
      int most,
      Function<ByteBuffer, Shape> fill) {
    NDArray pinned =
        script.run(
            "pinned", manager, IValue.from((long) most), scalar(type).value(), IValue.from(true));
    NDArray host = put(pinned, fill);
    NDArray there = manager.create(host.getShape(), type);
    try (IValue to = IValue.from((PtNDArray) there);
        IValue from = IValue.from((PtNDArray) host)) {
      script.call("send", to, from).close();
    }
    return there;
  }

  private static ScalarType scalar(DataType type) {
    return switch (type) {
      case INT32 -> ScalarType.INT32;
      case INT64 -> ScalarType.INT64;
      case FLOAT32 -> ScalarType.FLOAT32;
      default -> throw new IllegalArgumentException("nothing is sent as " + type);
    };
  }

  private static NDArray put(NDArray memory, Function<ByteBuffer, Shape> fill) {
    Shape shape =
        fill.apply(((PtNDArray) memory).toByteBuffer(true).order(ByteOrder.nativeOrder()));
    return memory.get("0:" + shape.size()).reshape(shape);
  }
}
