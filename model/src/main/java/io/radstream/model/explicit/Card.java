package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.engine.Addresses;
import io.radstream.model.kernels.KernelDevice;
import java.util.function.LongSupplier;

/**
 * Kernels of our own on the engine's arrays.
 *
 * @param device that the arrays lie on
 * @param stream on which the engine asks for operations at the time
 */
public record Card(KernelDevice device, Addresses addresses, LongSupplier stream) {

  public Card(KernelDevice device, LongSupplier stream) {
    this(device, new Addresses(), stream);
  }

  /**
   * @param array whose numbers lie one behind the other
   */
  public long address(NDArray array) {
    return addresses.of(array);
  }
}
