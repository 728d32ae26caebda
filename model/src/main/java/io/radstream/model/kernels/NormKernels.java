package io.radstream.model.kernels;

/** Residual addition, dropout and layer normalisation: {@code norm.cu}. */
public final class NormKernels {

  private static final int LANES = 32;
  private static final int FORWARD_ROWS = 4;
  private static final int BACKWARD_ROWS = 8;

  /** Part of the order in which rows are added: one for each multiprocessor of a Hopper card. */
  private static final int MOST_BLOCKS = 132;

  private final LoadedKernels kernels;

  private NormKernels(LoadedKernels kernels) {
    this.kernels = kernels;
  }

  /**
   * @param width a multiple of 8
   * @param wide residual stream in float32, else bfloat16
   */
  public static NormKernels load(KernelDevice device, int width, boolean wide) {
    return new NormKernels(device.load(KernelProgram.norm(width, wide)));
  }

  /**
   * Addresses of the way forward.
   *
   * @param a 0 for normalisation alone, and then z is not written
   * @param yStream 0 where not wanted
   */
  public record Forward(
      long x,
      long a,
      long gamma,
      long beta,
      long z,
      long y,
      long yStream,
      long mean,
      long inverse) {}

  /**
   * Addresses of the way back.
   *
   * @param dy 0 for nothing, as also dyStream, dzStream; and da where it is not wanted
   * @param parts {@link #blocks} × 3 × width float32: gamma, beta, bias
   */
  public record Backward(
      long dy,
      long dyStream,
      long dzStream,
      long z,
      long mean,
      long inverse,
      long gamma,
      long dx,
      long da,
      long parts) {}

  public void forward(long stream, Forward of, Draws draws, float epsilon, int rows) {
    kernels.launch(
        stream,
        "add_norm",
        Grid.forEach((long) rows * LANES, FORWARD_ROWS * LANES),
        Arguments.of(
            of.x(),
            of.a(),
            of.gamma(),
            of.beta(),
            of.z(),
            of.y(),
            of.yStream(),
            of.mean(),
            of.inverse(),
            draws.address(),
            draws.site(),
            draws.threshold(),
            epsilon,
            rows));
  }

  /** Afterwards {@link ColumnKernels#finish} has to add up the parts. */
  public void backward(long stream, Backward of, Draws draws, int rows) {
    kernels.launch(
        stream,
        "add_norm_back",
        new Grid(blocks(rows), 1, BACKWARD_ROWS * LANES),
        Arguments.of(
            of.dy(),
            of.dyStream(),
            of.dzStream(),
            of.z(),
            of.mean(),
            of.inverse(),
            of.gamma(),
            of.dx(),
            of.da(),
            of.parts(),
            draws.address(),
            draws.site(),
            draws.threshold(),
            rows));
  }

  /** Parts of the sums over so many rows. */
  public static int blocks(int rows) {
    return (int) Math.min(MOST_BLOCKS, Grid.ceil(rows, BACKWARD_ROWS));
  }

  /** As in {@link LoadedKernels#key}. */
  public String key() {
    return kernels.key();
  }
}
