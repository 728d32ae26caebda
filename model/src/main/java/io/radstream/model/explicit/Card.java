package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.engine.Addresses;
import io.radstream.model.engine.CudaStreams;
import io.radstream.model.kernels.CudaDevice;
import io.radstream.model.kernels.KernelBinaries;
import io.radstream.model.kernels.KernelDevice;
import io.radstream.model.kernels.KernelException;
import io.radstream.model.kernels.Nvrtc;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kernels of our own on the engine's arrays.
 *
 * @param device that the arrays lie on
 * @param stream on which the engine asks for operations at the time
 */
public record Card(KernelDevice device, Addresses addresses, LongSupplier stream)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Card.class);

  public Card(KernelDevice device, LongSupplier stream) {
    this(device, new Addresses(), stream);
  }

  /**
   * The caller's to close, behind all that is asked of it.
   *
   * @param manager whose device it is
   * @return empty on a CPU, and, with a warning, where kernels cannot be compiled or launched
   */
  public static Optional<Card> of(NDManager manager) {
    if (!manager.getDevice().isGpu()) {
      return Optional.empty();
    }
    try {
      CudaStreams streams = CudaStreams.of(manager);
      CudaDevice device =
          CudaDevice.open(manager.getDevice().getDeviceId(), Nvrtc.find(), KernelBinaries.ofUser());
      return Optional.of(new Card(device, () -> streams.current().address()));
    } catch (UnsatisfiedLinkError | KernelException e) {
      LOG.warn(
          "steps are computed by the engine's operations alone, which takes longer: {}",
          e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * @param array whose numbers lie one behind the other
   */
  public long address(NDArray array) {
    return addresses.of(array);
  }

  @Override
  public void close() {
    device.close();
  }
}
