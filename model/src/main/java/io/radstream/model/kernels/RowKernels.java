package io.radstream.model.kernels;

/** Packing and unpacking of rows: {@code rows.cu}. */
public final class RowKernels {

  private static final int THREADS = 256;
  private static final int VECTOR_BYTES = 16;

  private final LoadedKernels kernels;

  private RowKernels(LoadedKernels kernels) {
    this.kernels = kernels;
  }

  public static RowKernels load(KernelDevice device) {
    return new RowKernels(device.load(KernelProgram.rows()));
  }

  /**
   * @param from rows of any type
   * @param index int64, which row each is; negative for one of zeros
   * @param rowBytes a multiple of 16
   * @param count of rows that come out
   */
  public void gather(long stream, long from, long index, long to, int rowBytes, int count) {
    if (rowBytes < VECTOR_BYTES || rowBytes % VECTOR_BYTES != 0) {
      throw new IllegalArgumentException("rows of %d bytes are not of 16".formatted(rowBytes));
    }
    int vectors = rowBytes / VECTOR_BYTES;
    int all = Math.multiplyExact(count, vectors);
    kernels.launch(
        stream,
        "gather_rows",
        Grid.forEach(all, THREADS),
        Arguments.of(from, index, to, vectors, all));
  }

  /** As in {@link LoadedKernels#key}. */
  public String key() {
    return kernels.key();
  }
}
