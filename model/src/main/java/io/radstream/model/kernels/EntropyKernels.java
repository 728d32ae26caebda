package io.radstream.model.kernels;

/** Softmax cross entropy, forward and backward in place: {@code entropy.cu}. */
public final class EntropyKernels {

  private static final int THREADS = 512;

  private final LoadedKernels kernels;
  private final int columns;

  private EntropyKernels(LoadedKernels kernels, int columns) {
    this.kernels = kernels;
    this.columns = columns;
  }

  /**
   * @param columns classes with their padding, a multiple of 8
   */
  public static EntropyKernels load(KernelDevice device, int columns) {
    return new EntropyKernels(device.load(KernelProgram.entropy(columns)), columns);
  }

  /**
   * Addresses.
   *
   * @param logits rows × columns bfloat16, whose place their gradient takes
   * @param targets int64, negative where a row does not count
   * @param factor of the gradient, one float32
   * @param losses float32, one for each row
   */
  public record Rows(long logits, long targets, long factor, long losses) {}

  /**
   * @param classes of the columns that count
   */
  public void run(long stream, Rows of, int rows, int classes) {
    if (classes < 1 || classes > columns) {
      throw new IllegalArgumentException(
          "%d classes do not go into %d columns".formatted(classes, columns));
    }
    kernels.launch(
        stream,
        "cross_entropy",
        new Grid(rows, 1, THREADS),
        Arguments.of(of.logits(), of.targets(), of.factor(), of.losses(), classes));
  }

  /** As in {@link LoadedKernels#key}. */
  public String key() {
    return kernels.key();
  }
}
