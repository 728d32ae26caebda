package io.radstream.model.kernels.check;

import static io.radstream.model.kernels.check.ElementType.BFLOAT16;
import static io.radstream.model.kernels.check.ElementType.FLOAT32;

import io.radstream.model.kernels.Draws;
import io.radstream.model.kernels.EmbeddingKernels;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Words and places as features, and the gradient of the words.
 *
 * @param wide residual stream in float32, else bfloat16
 */
record EmbeddingCheck(int tokens, int words, int width, boolean wide) implements KernelCheck {

  private static final float FACTOR = 1.5f;
  private static final int PLACES = 11;
  private static final long SEED = 99;
  private static final int STEP = 3;
  private static final int SITE = 1;
  private static final int THRESHOLD = 6_554;

  @Override
  public String name() {
    return "embedding of %d tokens, %d x %d, stream in %s"
        .formatted(tokens, words, width, stream());
  }

  private ElementType stream() {
    return wide ? FLOAT32 : BFLOAT16;
  }

  @Override
  public Outcome run(CheckedDevice device) {
    Workbench bench = new Workbench(name(), device);
    EmbeddingKernels kernels = EmbeddingKernels.load(device, wide, width);
    long[] ids = new long[tokens];
    // Some words come often, and some never.
    Arrays.setAll(ids, i -> i % 7 == 2 ? -1 : i % 3 == 0 ? 4 : bench.below(words));
    forward(bench, kernels, ids);
    drop(bench, kernels);
    backward(bench, kernels, ids);
    return bench.outcome();
  }

  private void forward(Workbench bench, EmbeddingKernels kernels, long[] ids) {
    double[] table = bench.draw(words * width, FLOAT32);
    double[] places = bench.draw(PLACES * width, FLOAT32);
    double[] every = bench.draw(width, FLOAT32);
    long[] at = new long[tokens];
    Arrays.setAll(at, i -> i % PLACES);
    EmbeddingKernels.Tables tables =
        new EmbeddingKernels.Tables(
            bench.give(table, FLOAT32).address(),
            FACTOR,
            bench.give(places, FLOAT32).address(),
            bench.give(every, FLOAT32).address());
    Numbers given = bench.longs(ids);
    Numbers where = bench.longs(at);
    Numbers features = bench.room(tokens * width, stream());
    bench.launch(
        "look",
        (long) tokens * width * (2 * FLOAT32.bytes() + stream().bytes()),
        () ->
            kernels.look(0, tables, given.address(), where.address(), features.address(), tokens));
    double[] expected = new double[tokens * width];
    for (int i = 0; i < expected.length; i++) {
      int row = i / width;
      int c = i % width;
      if (ids[row] >= 0) {
        expected[i] =
            FACTOR * table[(int) ids[row] * width + c]
                + places[(int) at[row] * width + c]
                + every[c];
      }
    }
    bench.compare("features", features, expected, wide ? Workbench.WIDE : Workbench.NARROW);
  }

  private void drop(Workbench bench, EmbeddingKernels kernels) {
    double[] x = bench.draw(tokens * width, stream());
    Numbers features = bench.give(x, stream());
    Numbers draws = bench.longs(SEED, STEP);
    Draws by = new Draws(draws.address(), SITE, THRESHOLD);
    bench.launch(
        "drop",
        2 * features.bytes(),
        () -> kernels.drop(0, wide, features.address(), features.address(), by, tokens));
    double[] expected = new double[x.length];
    Arrays.setAll(expected, i -> x[i] * Philox.factor(i, SEED, SITE, STEP, THRESHOLD));
    bench.compare("dropped", features, expected, wide ? Workbench.WIDE : Workbench.NARROW);
  }

  private void backward(Workbench bench, EmbeddingKernels kernels, long[] ids) {
    double[] gradient = bench.draw(tokens * width, stream());
    double[] before = bench.draw(words * width, FLOAT32);
    int[] order =
        IntStream.range(0, tokens)
            .boxed()
            .sorted(Comparator.comparingLong(i -> ids[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    Numbers table = bench.give(before, FLOAT32);
    EmbeddingKernels.Backward addresses =
        new EmbeddingKernels.Backward(
            bench.longs(Arrays.stream(order).mapToLong(i -> ids[i]).toArray()).address(),
            bench.longs(Arrays.stream(order).asLongStream().toArray()).address(),
            bench.give(gradient, stream()).address(),
            table.address());
    bench.launch(
        "look_back",
        (long) tokens * width * stream().bytes(),
        () -> kernels.backward(0, addresses, FACTOR, tokens, true));
    double[] expected = before.clone();
    for (int i = 0; i < gradient.length; i++) {
      long word = ids[i / width];
      if (word >= 0) {
        expected[(int) word * width + i % width] += FACTOR * gradient[i];
      }
    }
    bench.compare("gradient", table, expected, Workbench.WIDE.scaled(Math.sqrt(tokens)));
  }
}
