package io.radstream.model.kernels.check;

import static io.radstream.model.kernels.FusionKernels.SLICES;
import static io.radstream.model.kernels.FusionKernels.VIEWS;
import static io.radstream.model.kernels.check.ElementType.BFLOAT16;
import static io.radstream.model.kernels.check.ElementType.FLOAT32;

import io.radstream.model.kernels.FusionKernels;
import java.util.Arrays;

/** View fusion, forward and back. */
record FusionCheck(int studies, int patches, int width) implements KernelCheck {

  private static final int EIGHT = 8;

  /** Of a block: the slices of a view take turns of so many eights. */
  private static final int THREADS = 256;

  @Override
  public String name() {
    return "view fusion of %d studies, %d x %d".formatted(studies, patches, width);
  }

  private int views() {
    return studies * VIEWS;
  }

  private int size() {
    return views() * patches * width;
  }

  /** Where a patch's number is in the memory. */
  private int beside(int i) {
    int c = i % width;
    int patch = i / width % patches;
    int view = view(i);
    return ((view / VIEWS * patches + patch) * VIEWS + view % VIEWS) * width + c;
  }

  private int view(int i) {
    return i / width / patches;
  }

  private int feature(int i) {
    return view(i) * width + i % width;
  }

  @Override
  public Outcome run(CheckedDevice device) {
    Workbench bench = new Workbench(name(), device);
    Passes passes = new Passes(bench);
    passes.forward();
    passes.weightSums();
    passes.back();
    return bench.outcome();
  }

  /** Forward and back on the device. */
  private final class Passes {

    private final Workbench bench;
    private final FusionKernels kernels;
    private final FusionKernels.Shape shape = new FusionKernels.Shape(studies, patches, width);
    private final double[] patch;
    private final double[] weight;
    private final double[] gradient;
    private final Numbers given;
    private final Numbers weights;
    private final Numbers memory;

    Passes(Workbench bench) {
      this.bench = bench;
      kernels = FusionKernels.load(bench.device());
      patch = bench.draw(size(), BFLOAT16);
      weight = bench.draw(views(), FLOAT32);
      gradient = bench.draw(size(), BFLOAT16);
      given = bench.give(patch, BFLOAT16);
      weights = bench.give(weight, FLOAT32);
      memory = bench.give(gradient, BFLOAT16);
    }

    void forward() {
      Numbers features = bench.room(views() * width, FLOAT32);
      bench.launch(
          "view_means",
          given.bytes(),
          () -> kernels.means(0, given.address(), features.address(), shape));
      Numbers out = bench.room(size(), BFLOAT16);
      bench.launch(
          "view_weigh",
          2 * given.bytes(),
          () -> kernels.weigh(0, given.address(), weights.address(), out.address(), shape));
      double[] means = new double[views() * width];
      double[] expected = new double[size()];
      for (int i = 0; i < size(); i++) {
        means[feature(i)] += patch[i] / patches;
        expected[beside(i)] = patch[i] * weight[view(i)];
      }
      bench.compare("features", features, means, Workbench.WIDE);
      bench.compare("memory", out, expected, Workbench.NARROW);
    }

    void weightSums() {
      Numbers parts = bench.room(views() * SLICES, FLOAT32);
      bench.launch(
          "view_weigh_sums",
          2 * given.bytes(),
          () -> kernels.weightSums(0, given.address(), memory.address(), parts.address(), shape));
      double[] sums = new double[views() * SLICES];
      int eights = patches * width / EIGHT;
      for (int i = 0; i < size(); i++) {
        int slice = i / EIGHT % eights / THREADS % SLICES;
        sums[view(i) * SLICES + slice] += patch[i] * gradient[beside(i)];
      }
      double unit = Math.sqrt((double) patches * width);
      bench.compare("dweight", parts, sums, Workbench.WIDE.scaled(unit));
    }

    void back() {
      double[] feature = bench.draw(views() * width, FLOAT32);
      Numbers out = bench.room(size(), BFLOAT16);
      FusionKernels.Backward addresses =
          new FusionKernels.Backward(
              memory.address(),
              weights.address(),
              bench.give(feature, FLOAT32).address(),
              out.address());
      bench.launch(
          "view_weigh_back", 2 * given.bytes(), () -> kernels.backward(0, addresses, shape));
      double[] expected = new double[size()];
      Arrays.setAll(
          expected, i -> gradient[beside(i)] * weight[view(i)] + feature[feature(i)] / patches);
      bench.compare("dpatch", out, expected, Workbench.NARROW);
    }
  }
}
