package io.radstream.model.kernels.check;

import static io.radstream.model.kernels.check.ElementType.BFLOAT16;
import static io.radstream.model.kernels.check.ElementType.FLOAT32;

import io.radstream.model.kernels.EntropyKernels;
import java.util.Arrays;

/**
 * Softmax cross entropy over a vocabulary, forward and backward.
 *
 * @param columns classes and their padding
 */
record EntropyCheck(int rows, int classes, int columns) implements KernelCheck {

  private static final double FACTOR = 0.37;

  /** Rows of which something is to be seen. */
  private static final int LEFT_OUT = 1;

  private static final int BROKEN = 2;
  private static final int INFINITE = 3;
  private static final int IMPOSSIBLE = 4;
  private static final int LARGE = 5;

  @Override
  public String name() {
    return "cross entropy %d x %d of %d".formatted(rows, classes, columns);
  }

  @Override
  public Outcome run(CheckedDevice device) {
    Workbench bench = new Workbench(name(), device);
    double[] logits = bench.draw(rows * columns, BFLOAT16);
    long[] targets = new long[rows];
    Arrays.setAll(targets, i -> bench.below(classes));
    special(logits, targets);
    Numbers given = bench.give(logits, BFLOAT16);
    Numbers losses = bench.room(rows, FLOAT32);
    EntropyKernels.Rows addresses =
        new EntropyKernels.Rows(
            given.address(),
            bench.longs(targets).address(),
            bench.give(new double[] {FACTOR}, FLOAT32).address(),
            losses.address());
    EntropyKernels kernels = EntropyKernels.load(device, columns);
    bench.launch(
        "cross_entropy", 2 * given.bytes(), () -> kernels.run(0, addresses, rows, classes));
    double[] gradient = new double[logits.length];
    double[] expected = new double[rows];
    for (int row = 0; row < rows; row++) {
      expected[row] = row(logits, gradient, row, targets[row]);
    }
    bench.compare("loss", losses, expected, Workbench.WIDE);
    bench.compare("gradient", given, gradient, Workbench.NARROW.scaled(0.01));
    return bench.outcome();
  }

  private void special(double[] logits, long[] targets) {
    Arrays.setAll(logits, i -> BFLOAT16.kept(8 * logits[i]));
    // What stands in the padding does not count.
    for (int row = 0; row < rows; row++) {
      Arrays.fill(logits, row * columns + classes, (row + 1) * columns, Double.NaN);
    }
    targets[LEFT_OUT] = -1;
    logits[LEFT_OUT * columns] = Double.NaN;
    logits[BROKEN * columns + classes - 1] = Double.NaN;
    logits[INFINITE * columns] = Double.POSITIVE_INFINITY;
    targets[IMPOSSIBLE] = classes;
    logits[LARGE * columns] = BFLOAT16.kept(30_000);
    logits[LARGE * columns + 1] = Double.NEGATIVE_INFINITY;
    targets[LARGE] = 0;
  }

  /** Fills the row's gradient, and gives its loss. */
  private double row(double[] logits, double[] gradient, int row, long target) {
    int start = row * columns;
    if (target < 0) {
      return 0;
    }
    double[] l = Arrays.copyOfRange(logits, start, start + classes);
    double max = Arrays.stream(l).filter(v -> !Double.isNaN(v)).max().orElseThrow();
    double sum = Arrays.stream(l).map(v -> Math.exp(v - max)).sum();
    for (int c = 0; c < classes; c++) {
      gradient[start + c] = (Math.exp(l[c] - max) / sum - (c == target ? 1 : 0)) * (float) FACTOR;
    }
    return target < classes ? Math.log(sum) + max - l[(int) target] : Double.NaN;
  }
}
