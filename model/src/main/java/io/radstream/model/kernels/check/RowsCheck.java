package io.radstream.model.kernels.check;

import static io.radstream.model.kernels.check.ElementType.BFLOAT16;

import io.radstream.model.kernels.RowKernels;
import java.util.Arrays;

/** Packing of rows. */
record RowsCheck(int rows, int width, int count) implements KernelCheck {

  private static final Workbench.Tolerance NONE = new Workbench.Tolerance(0, 0);

  @Override
  public String name() {
    return "rows: %d of %d x %d".formatted(count, rows, width);
  }

  @Override
  public Outcome run(CheckedDevice device) {
    Workbench bench = new Workbench(name(), device);
    double[] from = bench.draw(rows * width, BFLOAT16);
    long[] index = new long[count];
    Arrays.setAll(index, i -> i % 5 == 3 ? -1 : bench.below(rows));
    Numbers given = bench.give(from, BFLOAT16);
    Numbers which = bench.longs(index);
    Numbers to = bench.room(count * width, BFLOAT16);
    RowKernels kernels = RowKernels.load(device);
    bench.launch(
        "gather_rows",
        2 * to.bytes(),
        () ->
            kernels.gather(
                0,
                given.address(),
                which.address(),
                to.address(),
                width * BFLOAT16.bytes(),
                count));
    double[] expected = new double[count * width];
    Arrays.setAll(
        expected, i -> index[i / width] < 0 ? 0 : from[(int) index[i / width] * width + i % width]);
    bench.compare("rows", to, expected, NONE);
    return bench.outcome();
  }
}
