package io.radstream.model.kernels;

/** The paper's view fusion, but for its perceptron: {@code fusion.cu}. */
public final class FusionKernels {

  /** Views of a study. */
  public static final int VIEWS = 3;

  /** In which sums over the patches of a view come. */
  public static final int SLICES = 8;

  private static final int THREADS = 256;
  private static final int TILE = 256;

  private final LoadedKernels kernels;

  private FusionKernels(LoadedKernels kernels) {
    this.kernels = kernels;
  }

  public static FusionKernels load(KernelDevice device) {
    return new FusionKernels(device.load(KernelProgram.fusion()));
  }

  /**
   * Of a batch.
   *
   * @param width of a patch, a multiple of 8
   */
  public record Shape(int studies, int patches, int width) {

    public Shape {
      KernelProgram.requireEights(width);
    }

    int views() {
      return studies * VIEWS;
    }

    /**
     * @throws ArithmeticException where there are more than kernels count
     */
    int eights() {
      return Math.multiplyExact(Math.multiplyExact(views(), patches), width / 8);
    }
  }

  /**
   * @param patches views × patches × width bfloat16
   * @param features views × width float32
   */
  public void means(long stream, long patches, long features, Shape shape) {
    kernels.launch(
        stream,
        "view_means",
        new Grid(shape.views(), (int) Grid.ceil(shape.width(), TILE), THREADS),
        Arguments.of(patches, features, shape.patches(), shape.width()));
  }

  /**
   * @param patches views × patches × width bfloat16
   * @param weights views float32
   * @param memory studies × patches × 3 width bfloat16
   */
  public void weigh(long stream, long patches, long weights, long memory, Shape shape) {
    kernels.launch(
        stream,
        "view_weigh",
        Grid.forEach(shape.eights(), THREADS),
        Arguments.of(patches, weights, memory, shape.patches(), shape.width(), shape.eights()));
  }

  /**
   * Gradients of the weights.
   *
   * @param patches views × patches × width bfloat16
   * @param memory gradient, studies × patches × 3 width bfloat16
   * @param parts views × {@link #SLICES} float32, to be added up by number
   */
  public void weightSums(long stream, long patches, long memory, long parts, Shape shape) {
    kernels.launch(
        stream,
        "view_weigh_sums",
        new Grid(shape.views(), SLICES, THREADS),
        Arguments.of(patches, memory, parts, shape.patches(), shape.width()));
  }

  /**
   * Addresses for gradients of the patches.
   *
   * @param memory gradient, studies × patches × 3 width bfloat16
   * @param weights views float32
   * @param features all of their gradient, views × width float32
   * @param patches gradient, views × patches × width bfloat16
   */
  public record Backward(long memory, long weights, long features, long patches) {}

  public void backward(long stream, Backward of, Shape shape) {
    kernels.launch(
        stream,
        "view_weigh_back",
        Grid.forEach(shape.eights(), THREADS),
        Arguments.of(
            of.memory(),
            of.weights(),
            of.features(),
            of.patches(),
            shape.patches(),
            shape.width(),
            shape.eights()));
  }

  /** As in {@link LoadedKernels#key}. */
  public String key() {
    return kernels.key();
  }
}
