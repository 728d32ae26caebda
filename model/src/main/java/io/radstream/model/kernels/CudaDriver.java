package io.radstream.model.kernels;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * NVIDIA's driver, and one GPU. What is done here is done in the GPU's primary context, which
 * PyTorch uses too, so that addresses and streams of the engine are good here.
 */
final class CudaDriver {

  private static final String LIBRARY = "libcuda.so.1";
  private static final int NAME_BYTES = 256;

  private final CudaApi api;
  private final int device;
  private final Pointer context;

  private CudaDriver(CudaApi api, int device, Pointer context) {
    this.api = api;
    this.device = device;
    this.context = context;
  }

  /**
   * @param ordinal of the GPU among those that this process sees
   * @throws KernelException where there is no driver, or no such GPU
   */
  static CudaDriver open(int ordinal) {
    CudaApi api;
    try {
      api = Native.load(LIBRARY, CudaApi.class, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));
    } catch (UnsatisfiedLinkError e) {
      throw new KernelException(
          LIBRARY + " is not found: kernels run on an NVIDIA GPU with its driver", e);
    }
    IntByReference device = new IntByReference();
    PointerByReference context = new PointerByReference();
    require(api, "the driver", api.cuInit(0));
    require(api, "GPU " + ordinal, api.cuDeviceGet(device, ordinal));
    require(api, "GPU " + ordinal, api.cuDevicePrimaryCtxRetain(context, device.getValue()));
    return new CudaDriver(api, device.getValue(), context.getValue());
  }

  /** For calls of the calling thread; which context it had before does not matter to PyTorch. */
  CudaApi api() {
    require("the context", api.cuCtxSetCurrent(context));
    return api;
  }

  /** As 90 for 9.0. */
  int capability() {
    return 10 * attribute(CudaApi.COMPUTE_CAPABILITY_MAJOR)
        + attribute(CudaApi.COMPUTE_CAPABILITY_MINOR);
  }

  String name() {
    byte[] name = new byte[NAME_BYTES];
    require("its name", api.cuDeviceGetName(name, name.length, device));
    return new String(name, StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  private int attribute(int which) {
    IntByReference value = new IntByReference();
    require("an attribute", api.cuDeviceGetAttribute(value, which, device));
    return value.getValue();
  }

  void release() {
    require("the context", api.cuDevicePrimaryCtxRelease_v2(device));
  }

  /**
   * @param what was asked of, for the message
   */
  void require(String what, int result) {
    require(api, what, result);
  }

  private static void require(CudaApi api, String what, int result) {
    if (result != 0) {
      PointerByReference text = new PointerByReference();
      String reason =
          api.cuGetErrorString(result, text) == 0 && text.getValue() != null
              ? text.getValue().getString(0)
              : "error " + result;
      throw new KernelException("CUDA, for %s: %s".formatted(what, reason));
    }
  }
}
