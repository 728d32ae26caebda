package io.radstream.model.kernels.check;

import static io.radstream.model.kernels.check.ElementType.BFLOAT16;
import static io.radstream.model.kernels.check.ElementType.FLOAT32;

import io.radstream.model.kernels.ColumnKernels;
import io.radstream.model.kernels.ColumnKernels.Derivative;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sums over rows, and activations gone back by.
 *
 * @param derivative none for sums alone
 */
record ColumnsCheck(int rows, int width, Optional<Derivative> derivative) implements KernelCheck {

  /** Where the derivatives bend, beside what is drawn; the last are none that are finite. */
  private static final double[] EDGES = {0, -0.0, 4, -4, 30, -30, Double.NaN, 1e38};

  @Override
  public String name() {
    return "columns %d x %d, %s"
        .formatted(rows, width, derivative.map(Derivative::name).orElse("SUMS"));
  }

  @Override
  public Outcome run(CheckedDevice device) {
    Workbench bench = new Workbench(name(), device);
    ColumnKernels kernels = ColumnKernels.load(device);
    double[] gradient = bench.draw(rows * width, BFLOAT16);
    double[] known = bench.draw(rows * width, BFLOAT16);
    Arrays.setAll(known, i -> i < EDGES.length ? BFLOAT16.kept(EDGES[i]) : 3 * known[i]);
    Arrays.setAll(known, i -> BFLOAT16.kept(known[i]));
    Numbers given = bench.give(gradient, BFLOAT16);
    Numbers parts = bench.room(ColumnKernels.blocks(rows) * width, FLOAT32);
    derivative.ifPresentOrElse(
        by -> back(bench, kernels, by, new Way(given, bench.give(known, BFLOAT16), parts)),
        () -> sums(bench, kernels, given, parts));
    double[] expected = new double[rows * width];
    // bfloat16 has few numbers.
    Map<Double, Double> derivatives = new HashMap<>();
    Arrays.setAll(expected, i -> expected(gradient[i], known[i], derivatives));
    // In the place of what was given.
    bench.compare("du", given, expected, Workbench.NARROW);
    finish(bench, kernels, parts, expected);
    return bench.outcome();
  }

  private record Way(Numbers given, Numbers known, Numbers parts) {}

  private void back(Workbench bench, ColumnKernels kernels, Derivative by, Way way) {
    ColumnKernels.Backward addresses =
        new ColumnKernels.Backward(
            way.given().address(),
            way.known().address(),
            way.given().address(),
            way.parts().address());
    bench.launch(
        by.name(), 3 * way.given().bytes(), () -> kernels.backward(0, by, addresses, rows, width));
  }

  private void sums(Workbench bench, ColumnKernels kernels, Numbers given, Numbers parts) {
    bench.launch(
        "column_sums",
        given.bytes(),
        () -> kernels.sums(0, given.address(), parts.address(), rows, width));
  }

  private void finish(Workbench bench, ColumnKernels kernels, Numbers parts, double[] each) {
    double[] before = bench.draw(width, FLOAT32);
    Numbers bias = bench.give(before, FLOAT32);
    bench.launch(
        "finish_columns",
        parts.bytes(),
        () ->
            kernels.finish(
                0,
                parts.address(),
                ColumnKernels.blocks(rows),
                ColumnKernels.Sums.one(bias.address(), width, true)));
    double[] expected = before.clone();
    for (int i = 0; i < each.length; i++) {
      expected[i % width] += each[i];
    }
    bench.compare("bias", bias, expected, Workbench.WIDE.scaled(Math.sqrt(rows)));
  }

  private double expected(double gradient, double known, Map<Double, Double> derivatives) {
    if (derivative.isEmpty()) {
      return gradient;
    }
    return switch (derivative.get()) {
      case RELU -> known <= 0 ? 0 : gradient;
      case GELU -> gradient * derivatives.computeIfAbsent(known, ColumnsCheck::gelu);
    };
  }

  /** Phi(u) + u phi(u) (Hendrycks and Gimpel, Gaussian error linear units, 2016, section 2). */
  private static double gelu(double u) {
    double density = Math.exp(-u * u / 2) / Math.sqrt(2 * Math.PI);
    return Gauss.cumulated(u) + u * density;
  }
}
