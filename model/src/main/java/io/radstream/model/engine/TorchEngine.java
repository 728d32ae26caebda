package io.radstream.model.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/** The PyTorch engine of this process. */
public final class TorchEngine {

  private static final String NAME = "PyTorch";

  private TorchEngine() {}

  /**
   * Loads the engine, offline. Call once, before any network is made.
   *
   * @param threads CPU threads for one operation; the same count gives the same bits
   * @throws IllegalStateException where the PyTorch that is brought along is not the one that its
   *     JNI library is for
   */
  public static void start(int threads) {
    // Without this DJL reports each start to its authors.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    LibtorchVersion.check();
    if (device().isGpu()) {
      DeterministicKernels.require(true);
    }
  }

  /** Name and version of the engine, for logs and reports. */
  public static String description() {
    return NAME + " " + engine().getVersion() + " on " + device();
  }

  /** DJL's own default device is a GPU only where it finds CUDA outside of PyTorch as well. */
  private static Device device() {
    return engine().hasCapability(StandardCapabilities.CUDA) ? Device.gpu() : Device.cpu();
  }

  public static Engine engine() {
    return Engine.getEngine(NAME);
  }

  /**
   * Has the engine record what is computed, or not, so that it finds its way back or needs no
   * memory for that.
   */
  public static <T> T recording(boolean on, Supplier<T> work) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(on);
    try {
      return work.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /**
   * Goes back from a scalar to the arrays that require a gradient. DJL's own collector can be there
   * only once in a process.
   */
  public static void backward(NDArray scalar) {
    try (NDArray one = scalar.onesLike()) {
      JniUtils.backward((PtNDArray) scalar, (PtNDArray) one, false, false);
    }
  }

  /** Seeds everything random of a part of a step. */
  public static void seed(long stepSeed, int part) {
    long seed = stepSeed + part * 0x9E37_79B9_7F4A_7C15L;
    engine().setRandomSeed((int) (seed ^ (seed >>> 32)));
  }

  public static NDManager newManager() {
    return NDManager.newBaseManager(device(), NAME);
  }
}
