package io.radstream.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;

/** The PyTorch engine of this process. */
public final class TorchEngine {

  private static final String NAME = "PyTorch";

  private TorchEngine() {}

  /**
   * Loads the engine, offline. Call once, before any network is made.
   *
   * @param threads CPU threads for one operation; the same count gives the same bits
   */
  public static void start(int threads) {
    // Without this DJL reports each start to its authors.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    engine();
  }

  /** Name and version of the engine, for logs and reports. */
  public static String description() {
    return NAME + " " + engine().getVersion() + " on " + engine().defaultDevice();
  }

  static Engine engine() {
    return Engine.getEngine(NAME);
  }

  static NDManager newManager() {
    return NDManager.newBaseManager(engine().defaultDevice(), NAME);
  }
}
