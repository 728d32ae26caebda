package io.radstream.model.kernels.check;

import static io.radstream.model.kernels.check.ElementType.BFLOAT16;
import static io.radstream.model.kernels.check.ElementType.FLOAT32;

import io.radstream.model.kernels.ColumnKernels;
import io.radstream.model.kernels.Draws;
import io.radstream.model.kernels.NormKernels;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Residual addition, dropout and layer normalisation, and their way back.
 *
 * @param wide residual stream in float32, else bfloat16
 * @param threshold of 65,536 elements are dropped
 * @param broken with numbers that are none, which may not leave their row
 */
record NormCheck(int rows, int width, boolean wide, int threshold, boolean broken)
    implements KernelCheck {

  private static final long SEED = 0x1234_5678_9abc_def1L;
  private static final int STEP = 77;
  private static final int SITE = 5;
  private static final float EPSILON = 1e-5f;

  @Override
  public String name() {
    return "norm %d x %d, stream in %s, %d of 65536 dropped%s"
        .formatted(rows, width, stream(), threshold, broken ? ", with NaN and infinity" : "");
  }

  private ElementType stream() {
    return wide ? FLOAT32 : BFLOAT16;
  }

  private int size() {
    return rows * width;
  }

  @Override
  public Outcome run(CheckedDevice device) {
    Workbench bench = new Workbench(name(), device);
    double[] x = bench.draw(size(), stream());
    double[] a = bench.draw(size(), BFLOAT16);
    if (broken) {
      x[width + 3] = Double.NaN;
      x[3 * width + 1] = Double.POSITIVE_INFINITY;
    }
    Passes passes = new Passes(bench);
    passes.backward(passes.forward(x, a));
    return bench.outcome();
  }

  private Workbench.Tolerance stored() {
    return wide ? Workbench.WIDE : Workbench.NARROW;
  }

  /** A choice and no product, so that what is dropped is 0 whatever it was. */
  private double dropped(double[] values, int i) {
    double factor = threshold == 0 ? 1 : Philox.factor(i, SEED, SITE, STEP, threshold);
    return factor == 0 ? 0 : values[i] * factor;
  }

  /** Forward and back on the device. */
  private final class Passes {

    private final Workbench bench;
    private final NormKernels kernels;
    private final double[] gammas;
    private final Numbers gamma;
    private final Numbers z;
    private final Numbers mean;
    private final Numbers inverse;
    private final Draws draws;

    Passes(Workbench bench) {
      this.bench = bench;
      kernels = NormKernels.load(bench.device(), width, wide);
      gammas = bench.draw(width, FLOAT32);
      gamma = bench.give(gammas, FLOAT32);
      z = bench.room(size(), stream());
      mean = bench.room(rows, FLOAT32);
      inverse = bench.room(rows, FLOAT32);
      draws = new Draws(bench.longs(0, STEP).address(), SITE, threshold);
      bench.writeLong(draws.address(), SEED);
    }

    NormFormula forward(double[] x, double[] a) {
      double[] beta = bench.draw(width, FLOAT32);
      Numbers y = bench.room(size(), BFLOAT16);
      Numbers yStream = bench.room(size(), stream());
      NormKernels.Forward addresses =
          new NormKernels.Forward(
              bench.give(x, stream()).address(),
              bench.give(a, BFLOAT16).address(),
              gamma.address(),
              bench.give(beta, FLOAT32).address(),
              z.address(),
              y.address(),
              yStream.address(),
              mean.address(),
              inverse.address());
      bench.launch(
          "add_norm",
          2 * y.bytes() + 3 * z.bytes(),
          () -> kernels.forward(0, addresses, draws, EPSILON, rows));
      bench.compare("z", z, all(i -> x[i] + dropped(a, i)), stored());
      NormFormula formula = NormFormula.of(width, bench.read(z), gammas, EPSILON);
      double[] expected = all(i -> formula.normed(i) * gammas[i % width] + beta[i % width]);
      bench.compare("y", y, expected, Workbench.NARROW);
      bench.compare("y of the stream", yStream, expected, stored());
      bench.compare("mean", mean, formula.mean(), Workbench.WIDE);
      bench.compare("1 / sigma", inverse, formula.inverse(), Workbench.WIDE);
      return formula;
    }

    void backward(NormFormula formula) {
      double[] dy = bench.draw(size(), BFLOAT16);
      double[] dyStream = bench.draw(size(), stream());
      double[] dzStream = bench.draw(size(), stream());
      double[] both = all(i -> dy[i] + dyStream[i]);
      Numbers dx = bench.room(size(), stream());
      Numbers da = bench.room(size(), BFLOAT16);
      Numbers parts = bench.room(NormKernels.blocks(rows) * 3 * width, FLOAT32);
      NormKernels.Backward addresses =
          new NormKernels.Backward(
              bench.give(dy, BFLOAT16).address(),
              bench.give(dyStream, stream()).address(),
              bench.give(dzStream, stream()).address(),
              z.address(),
              mean.address(),
              inverse.address(),
              gamma.address(),
              dx.address(),
              da.address(),
              parts.address());
      bench.launch(
          "add_norm_back",
          4 * dx.bytes() + 2 * da.bytes(),
          () -> kernels.backward(0, addresses, draws, rows));
      double[] expected = formula.back(both, dzStream);
      bench.compare("dx", dx, expected, stored().scaled(10));
      bench.compare("da", da, all(i -> dropped(expected, i)), Workbench.NARROW.scaled(10));
      sums(formula, parts, both, expected);
    }

    private void sums(NormFormula formula, Numbers parts, double[] dy, double[] dz) {
      Numbers gammas = bench.give(new double[width], FLOAT32);
      Numbers betas = bench.room(width, FLOAT32);
      Numbers biases = bench.room(width, FLOAT32);
      ColumnKernels columns = ColumnKernels.load(bench.device());
      ColumnKernels.Sums to =
          new ColumnKernels.Sums(
              gammas.address(), betas.address(), biases.address(), width, 3, false);
      bench.launch(
          "finish_columns",
          parts.bytes(),
          () -> columns.finish(0, parts.address(), NormKernels.blocks(rows), to));
      Workbench.Tolerance tolerance = Workbench.WIDE.scaled(Math.sqrt(rows) + 10);
      bench.compare("dgamma", gammas, columns(i -> dy[i] * formula.normed(i)), tolerance);
      bench.compare("dbeta", betas, columns(i -> dy[i]), tolerance);
      bench.compare("dbias", biases, columns(i -> dropped(dz, i)), tolerance);
    }
  }

  private double[] all(IntToDoubleFunction value) {
    double[] values = new double[size()];
    Arrays.setAll(values, value);
    return values;
  }

  private double[] columns(IntToDoubleFunction value) {
    double[] sums = new double[width];
    for (int i = 0; i < size(); i++) {
      sums[i % width] += value.applyAsDouble(i);
    }
    return sums;
  }
}
