package io.radstream.model.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.function.Function;

/**
 * The engine's own memory on the host, where pictures are put for the device. The engine lends it
 * again and again: for a batch, a system can take thirty times as long to give new memory as it
 * takes to fill it.
 */
public final class HostMemory {

  /** Empty where the host is the device. */
  private final Optional<TorchScript> script;

  /**
   * @param device whose device the pictures are for; lives as long as this
   */
  public HostMemory(NDManager device) {
    this.script =
        device.getDevice().isGpu() ? Optional.of(TorchScript.fused(device)) : Optional.empty();
  }

  /**
   * @param manager of the pictures
   * @param most values that there may be
   * @param fill puts values, and gives the shape of those that it has put
   * @return on the manager's device, where it may still be on its way
   */
  public NDArray pictures(NDManager manager, int most, Function<FloatBuffer, Shape> fill) {
    return script
        .map(device -> sent(device, manager, most, fill))
        .orElseGet(() -> put(manager.create(new Shape(most)), fill));
  }

  /** Through pinned memory, which the device reads by itself. */
  private static NDArray sent(
      TorchScript script, NDManager manager, int most, Function<FloatBuffer, Shape> fill) {
    NDArray pinned = script.run("pinned", manager, IValue.from((long) most), IValue.from(true));
    NDArray host = put(pinned, fill);
    NDArray there = manager.create(host.getShape());
    try (IValue to = IValue.from((PtNDArray) there);
        IValue from = IValue.from((PtNDArray) host)) {
      script.call("send", to, from).close();
    }
    return there;
  }

  private static NDArray put(NDArray memory, Function<FloatBuffer, Shape> fill) {
    Shape shape = fill.apply(((PtNDArray) memory).toByteBuffer(true).asFloatBuffer());
    return memory.get("0:" + shape.size()).reshape(shape);
  }
}
