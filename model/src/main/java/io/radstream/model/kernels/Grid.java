package io.radstream.model.kernels;

/**
 * How often a kernel runs.
 *
 * @param across blocks
 * @param down blocks
 * @param threads of a block
 */
public record Grid(int across, int down, int threads) {

  /**
   * @throws IllegalArgumentException where it is none that a GPU takes
   */
  public Grid {
    if (across < 1 || down < 1 || down > 65_535 || threads < 1 || threads > 1024) {
      throw new IllegalArgumentException(
          "no grid of a GPU: %d x %d blocks of %d threads".formatted(across, down, threads));
    }
  }

  /**
   * A thread for each.
   *
   * @throws ArithmeticException where there are too many
   */
  static Grid forEach(long count, int threads) {
    return new Grid(Math.toIntExact(ceil(count, threads)), 1, threads);
  }

  static long ceil(long count, int each) {
    return (count + each - 1) / each;
  }
}
