package io.radstream.model.engine;

import ai.djl.ndarray.NDManager;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.function.ToIntFunction;

/**
 * One GPU as its driver sees it, in the context that the engine uses, so that the engine's streams
 * and addresses are good here. The driver tells of errors by its results, where the engine's own
 * functions throw.
 */
final class CudaContext {

  private static final String DRIVER = "libcuda.so.1";

  private final DriverCalls driver;
  private final int device;
  private final Pointer context;

  private CudaContext(DriverCalls driver, int device, Pointer context) {
    this.driver = driver;
    this.device = device;
    this.context = context;
  }

  /**
   * @throws CudaException where there is no driver, or it refuses
   */
  static CudaContext of(NDManager device) {
    return open(DRIVER, device.getDevice().getDeviceId());
  }

  /**
   * Of the process, as the engine's is: never closed.
   *
   * @param library the driver's
   * @param device the GPU's number among those that this process sees
   * @throws CudaException where there is no driver, or it refuses
   */
  static CudaContext open(String library, int device) {
    DriverCalls driver;
    try {
      driver = Native.load(library, DriverCalls.class, NativeTorch.LOCAL);
    } catch (UnsatisfiedLinkError e) {
      throw new CudaException(library + " is not found: a GPU comes with its driver", e);
    }
    PointerByReference context = new PointerByReference();
    require(driver, "the driver", driver.cuInit(0));
    require(driver, "GPU " + device, driver.cuDevicePrimaryCtxRetain(context, device));
    return new CudaContext(driver, device, context.getValue());
  }

  /** The GPU's number among those that this process sees. */
  int device() {
    return device;
  }

  /**
   * Has the driver do something.
   *
   * @param what for the message
   * @throws CudaException where it refuses
   */
  void call(String what, ToIntFunction<DriverCalls> call) {
    require(driver, what, result(call));
  }

  /** Has the driver do something, and leaves it to the caller what to make of its result. */
  int result(ToIntFunction<DriverCalls> call) {
    require(driver, "the context", driver.cuCtxSetCurrent(context));
    return call.applyAsInt(driver);
  }

  /** Whether a stream records what it is given, and nothing has gone wrong with that. */
  boolean isRecording(Pointer stream) {
    IntByReference status = new IntByReference();
    call("a stream", calls -> calls.cuStreamIsCapturing(stream, status));
    return status.getValue() == DriverCalls.CAPTURE_ACTIVE;
  }

  private static void require(DriverCalls driver, String what, int result) {
    if (result != 0) {
      PointerByReference text = new PointerByReference();
      String reason =
          driver.cuGetErrorString(result, text) == 0 && text.getValue() != null
              ? text.getValue().getString(0)
              : "error " + result;
      throw new CudaException("CUDA, for %s: %s".formatted(what, reason));
    }
  }
}
