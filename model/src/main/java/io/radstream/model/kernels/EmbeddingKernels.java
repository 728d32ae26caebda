package io.radstream.model.kernels;

/** Words and their places as features, and gradients of such tables: {@code embedding.cu}. */
public final class EmbeddingKernels {

  private static final int THREADS = 256;
  private static final int TILE = 256;

  private final LoadedKernels kernels;
  private final boolean wide;
  private final int width;

  private EmbeddingKernels(LoadedKernels kernels, boolean wide, int width) {
    this.kernels = kernels;
    this.wide = wide;
    this.width = width;
  }

  /**
   * @param wide residual stream in float32, else bfloat16
   * @param width a multiple of 8
   */
  public static EmbeddingKernels load(KernelDevice device, boolean wide, int width) {
    KernelProgram.requireEights(width);
    return new EmbeddingKernels(device.load(KernelProgram.embedding()), wide, width);
  }

  /**
   * Addresses of tables, float32.
   *
   * @param factor of the words
   * @param places 0 for none
   * @param every one row for all; 0 for none
   */
  public record Tables(long words, float factor, long places, long every) {}

  /**
   * @param ids int64, negative for no token
   * @param at int64, which places; 0 where there are none
   * @param features count × width, as the stream is
   */
  public void look(long stream, Tables of, long ids, long at, long features, int count) {
    int eights = Math.multiplyExact(count, width / 8);
    kernels.launch(
        stream,
        wide ? "look_wide" : "look_narrow",
        Grid.forEach(eights, THREADS),
        Arguments.of(
            ids, of.words(), of.factor(), at, of.places(), of.every(), features, width, eights));
  }

  /**
   * Drops features, or their gradient.
   *
   * @param wide float32, else bfloat16
   * @param to may be the same as from
   * @param count of rows
   */
  public void drop(long stream, boolean wide, long from, long to, Draws draws, int count) {
    int eights = Math.multiplyExact(count, width / 8);
    kernels.launch(
        stream,
        wide ? "drop_wide" : "drop_narrow",
        Grid.forEach(eights, THREADS),
        Arguments.of(from, to, draws.address(), draws.site(), draws.threshold(), eights));
  }

  /**
   * Addresses of the gradient of a table.
   *
   * @param sorted int64, ids in order
   * @param order int64, which rows they came from, equal ones in the order of rows
   * @param features gradient, count × width, as the stream is
   * @param table gradient, float32; only rows with a token are touched
   */
  public record Backward(long sorted, long order, long features, long table) {}

  /**
   * @param factor of the table's rows
   * @param accumulate adds to what is there
   */
  public void backward(long stream, Backward of, float factor, int count, boolean accumulate) {
    kernels.launch(
        stream,
        wide ? "look_back_wide" : "look_back_narrow",
        new Grid(count, (int) Grid.ceil(width, TILE), THREADS),
        Arguments.of(
            of.sorted(),
            of.order(),
            of.features(),
            factor,
            of.table(),
            count,
            width,
            accumulate ? 1 : 0));
  }

  /** As in {@link LoadedKernels#key}. */
  public String key() {
    return kernels.key();
  }
}
