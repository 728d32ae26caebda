package io.radstream.model.kernels;

/** Sums over rows, and ways back that end in them: {@code columns.cu}. */
public final class ColumnKernels {

  private static final int WARPS = 8;
  private static final int LANES = 32;
  private static final int TILE = 8 * LANES;

  /** Part of the order in which rows are added. */
  private static final int MOST_BLOCKS = 88;

  private final LoadedKernels kernels;

  private ColumnKernels(LoadedKernels kernels) {
    this.kernels = kernels;
  }

  public static ColumnKernels load(KernelDevice device) {
    return new ColumnKernels(device.load(KernelProgram.columns()));
  }

  /** What an activation is gone back by. */
  public enum Derivative {
    /** From what came out of it, or what went in. */
    RELU("relu_back"),

    /** From what went in; exact, by the error function. */
    GELU("gelu_back");

    private final String kernel;

    Derivative(String kernel) {
      this.kernel = kernel;
    }
  }

  /**
   * Addresses of the way back of an activation.
   *
   * @param gradient of what came out
   * @param known by which it is gone back
   * @param out gradient of what went in; may be the same as gradient
   * @param parts {@link #blocks} × width float32: the bias's gradient
   */
  public record Backward(long gradient, long known, long out, long parts) {}

  /** Afterwards {@link #finish} has to add up the parts. */
  public void backward(long stream, Derivative by, Backward of, int rows, int width) {
    KernelProgram.requireEights(width);
    kernels.launch(
        stream,
        by.kernel,
        grid(rows, width),
        Arguments.of(of.gradient(), of.known(), of.out(), of.parts(), rows, width));
  }

  /**
   * Of bfloat16 values. Afterwards {@link #finish} has to add up the parts.
   *
   * @param parts {@link #blocks} × width float32
   */
  public void sums(long stream, long values, long parts, int rows, int width) {
    KernelProgram.requireEights(width);
    kernels.launch(
        stream, "column_sums", grid(rows, width), Arguments.of(values, parts, rows, width));
  }

  /**
   * Where sums go: float32 vectors side by side in the parts.
   *
   * @param first as second and third: 0 for none
   * @param each width of one
   * @param count of them, 1 to 3
   * @param accumulate adds to what is there
   */
  public record Sums(long first, long second, long third, int each, int count, boolean accumulate) {

    public static Sums one(long to, int width, boolean accumulate) {
      return new Sums(to, 0, 0, width, 1, accumulate);
    }
  }

  /**
   * @param blocks that wrote the parts
   */
  public void finish(long stream, long parts, int blocks, Sums to) {
    kernels.launch(
        stream,
        "finish_columns",
        Grid.forEach((long) to.each() * to.count() * WARPS, WARPS * LANES),
        Arguments.of(
            parts,
            to.first(),
            to.second(),
            to.third(),
            blocks,
            to.each(),
            to.count(),
            to.accumulate() ? 1 : 0));
  }

  /** Parts of the sums over so many rows. */
  public static int blocks(int rows) {
    return (int) Math.min(MOST_BLOCKS, Grid.ceil(rows, WARPS));
  }

  private static Grid grid(int rows, int width) {
    return new Grid((int) Grid.ceil(width, TILE), blocks(rows), WARPS * LANES);
  }

  /** As in {@link LoadedKernels#key}. */
  public String key() {
    return kernels.key();
  }
}
