package io.radstream.model.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/** Products with a constant that can be differentiated. */
public final class Scaling {

  private Scaling() {}

  /**
   * The factor stays alive as long as {@code x}. {@link NDArray#mul(Number)} would free its memory
   * at once, though the engine reads it again on the way back: what is there by then is anybody's.
   */
  public static NDArray by(double factor, NDArray x) {
    // On the host: the engine takes a single number from there, and needs not wait for the device.
    NDManager manager =
        x.getDevice().isGpu() ? x.getManager().newSubManager(Device.cpu()) : x.getManager();
    return x.mul(
        x.getDataType() == DataType.FLOAT64
            ? manager.create(factor)
            : manager.create((float) factor));
  }
}
