package io.radstream.model.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The PyTorch engine of this process. PyTorch has one number of threads, one random seed for all
 * devices and, in each thread, one recording; so these are the engine's, and no state is kept here.
 * Where something is computed is a {@link ComputeDevice}.
 */
public final class TorchEngine {

  static final String NAME = "PyTorch";

  private TorchEngine() {}

  /**
   * Loads the engine, offline. Call before any network is made. Where it is loaded, the calling
   * thread, and threads that have not computed yet, have the new count of CPU threads.
   *
   * @param threads CPU threads for one operation; the same count gives the same bits
   * @throws IllegalStateException where no PyTorch for this kind of machine is built in, or the one
   *     that is brought along is not the one that its JNI library is for, or wants a library that
   *     is not there
   */
  public static synchronized void start(int threads) {
    // Without this DJL reports each start to its authors.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    LibtorchVersion.check();
    BuiltInTorch.check();
    load();
    if (threads() != threads) {
      JniUtils.setNumThreads(threads);
    }
  }

  private static void load() {
    try {
      engine();
    } catch (EngineException e) {
      throw LibtorchVersion.path()
          .flatMap(path -> MissingLibrary.of(e, path))
          .<RuntimeException>map(missing -> missing)
          .orElse(e);
    }
  }

  /**
   * From now on, operations that the calling thread asks for use so many CPU threads; those of all
   * others use as many as before.
   *
   * @param threads CPU threads for one operation of this thread
   */
  public static synchronized void narrow(int threads) {
    int engines = aside(JniUtils::getNumThreads);
    // PyTorch gives a thread its number when it first asks, which would undo what is set before.
    JniUtils.getNumThreads();
    JniUtils.setNumThreads(threads);
    // What is set for one thread is also what later threads begin with.
    aside(
        () -> {
          JniUtils.setNumThreads(engines);
          return engines;
        });
  }

  /** On a thread that has not computed, whose number is the engine's. */
  private static int aside(IntSupplier work) {
    return CompletableFuture.supplyAsync(
            work::getAsInt, task -> new Thread(task, "engine-threads").start())
        .join();
  }

  /**
   * Does work with one CPU thread for an operation, so that its bits do not depend on who does it.
   */
  public static <T> T narrowed(Supplier<T> work) {
    int before = threads();
    if (before == 1) {
      return work.get();
    }
    narrow(1);
    try {
      return work.get();
    } finally {
      narrow(before);
    }
  }

  /**
   * CPU threads for one operation of the calling thread. One that has not computed before has this
   * number from here on; PyTorch itself would give it only in the midst of the first computation,
   * and products before that take as many threads as MKL likes, and get other last bits.
   */
  public static synchronized int threads() {
    return JniUtils.getNumThreads();
  }

  /**
   * What a computation makes, and it alone. To be asked for by the thread that computes, which has
   * the engine's number of CPU threads from its first operation on; see {@link #threads}.
   *
   * @param parent lives longer
   */
  public static NDManager scratch(NDManager parent) {
    threads();
    return parent.newSubManager();
  }

  /** Name and version of the engine, for logs and reports. */
  public static String description() {
    return NAME + " " + engine().getVersion();
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

  /** Whether the engine records, on this thread. */
  public static boolean isRecording() {
    return JniUtils.isGradMode();
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

  /**
   * Draws by the seed, on the host: the same whatever the device.
   *
   * @param manager whose memory is used meanwhile
   * @return from 0 to 1
   */
  public static double[] uniform(NDManager manager, int count) {
    try (NDManager host = manager.newSubManager(Device.cpu());
        NDArray draws = host.randomUniform(0, 1, new Shape(count))) {
      double[] numbers = new double[count];
      float[] drawn = draws.toFloatArray();
      Arrays.setAll(numbers, i -> drawn[i]);
      return numbers;
    }
  }

  /** Seeds everything random of a part of a step, on every device. */
  public static void seed(long stepSeed, int part) {
    long seed = stepSeed + part * 0x9E37_79B9_7F4A_7C15L;
    engine().setRandomSeed((int) (seed ^ (seed >>> 32)));
  }
}
