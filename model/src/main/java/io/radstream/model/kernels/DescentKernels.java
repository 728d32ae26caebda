package io.radstream.model.kernels;

/**
 * The global norm of gradients, and descent with momentum over many tensors: {@code descent.cu}.
 */
public final class DescentKernels {

  /** Elements of a chunk, which has a block. */
  static final int CHUNK = 8192;

  /** Numbers of the settings that no group has. */
  public static final int COMMON_SETTINGS = 3;

  /** Numbers of the settings of each group: rate, decay. */
  public static final int GROUP_SETTINGS = 2;

  /** Numbers of the state. */
  public static final int STATE = 3;

  private static final int THREADS = 256;
  private static final int FINISHERS = 1024;

  private final LoadedKernels kernels;

  private DescentKernels(LoadedKernels kernels) {
    this.kernels = kernels;
  }

  public static DescentKernels load(KernelDevice device) {
    return new DescentKernels(device.load(KernelProgram.descent()));
  }

  /**
   * Addresses that every launch of a step is given.
   *
   * @param jobs as {@link DescentJobs#jobs} lays them out
   * @param chunks as {@link DescentJobs#chunks} lays them out
   * @param chunkCount of them
   * @param settings float32: loss scale, limit of the norm (0 for none), momentum; then rate and
   *     decay of each group
   * @param state three float32: the norm, what gradients are multiplied by, and the flag
   * @param flag one int32, 0 at first; not 0 where the step is not taken, and from then on
   */
  public record Tables(
      long jobs, long chunks, int chunkCount, long settings, long state, long flag) {}

  /**
   * Fills state and flag.
   *
   * @param parts one float64 for each chunk
   * @param losses float32, which have to be finite as well
   */
  public void norm(long stream, Tables of, long parts, long losses, int lossCount) {
    kernels.launch(
        stream,
        "squares",
        new Grid(of.chunkCount(), 1, THREADS),
        Arguments.of(of.jobs(), of.chunks(), parts));
    kernels.launch(
        stream,
        "finish_norm",
        new Grid(1, 1, FINISHERS),
        Arguments.of(
            parts, of.chunkCount(), losses, lossCount, of.settings(), of.state(), of.flag()));
  }

  /** Moves the weights, unless the flag is up; after {@link #norm}. */
  public void descend(long stream, Tables of) {
    kernels.launch(
        stream,
        "descend",
        new Grid(of.chunkCount(), 1, THREADS),
        Arguments.of(of.jobs(), of.chunks(), of.settings(), of.state(), of.flag()));
  }

  /** As in {@link LoadedKernels#key}. */
  public String key() {
    return kernels.key();
  }
}
