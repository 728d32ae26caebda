package io.radstream.model.kernels.check;

import static io.radstream.model.kernels.check.ElementType.BFLOAT16;
import static io.radstream.model.kernels.check.ElementType.FLOAT32;
import static io.radstream.model.kernels.check.ElementType.FLOAT64;
import static io.radstream.model.kernels.check.ElementType.INT32;

import io.radstream.model.kernels.DescentJobs;
import io.radstream.model.kernels.DescentJobs.Job;
import io.radstream.model.kernels.DescentKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The norm of all gradients, and two steps of descent.
 *
 * @param counts elements of each tensor
 * @param limit of the norm; 0 for none
 * @param momentum 0 for none
 * @param trouble what is not finite, so that no weight may move
 */
record DescentCheck(List<Integer> counts, float limit, float momentum, Trouble trouble)
    implements KernelCheck {

  enum Trouble {
    NONE,
    GRADIENT,
    LOSS,
    /** In a step before, which the host does not know yet. */
    BEFORE
  }

  private static final float LOSS_SCALE = 1024;
  private static final float[] RATES = {0.03f, 0.003f};
  private static final float[] DECAYS = {1e-4f, 0};

  @Override
  public String name() {
    return "descent of %d tensors, %d numbers, limit %s, momentum %s, not finite: %s"
        .formatted(
            counts.size(),
            counts.stream().mapToInt(Integer::intValue).sum(),
            limit,
            momentum,
            trouble);
  }

  /** A tensor on the device, and what is to become of it. */
  private record Tensor(
      Numbers weight,
      Numbers gradient,
      Numbers momentum,
      Numbers copy,
      int group,
      double[] expected,
      double[] gradients,
      double[] momenta) {

    Job job(boolean keeps) {
      return new Job(
          weight.address(),
          gradient.address(),
          keeps ? momentum.address() : 0,
          copy.address(),
          weight.count(),
          group,
          gradient.type() == BFLOAT16);
    }
  }

  @Override
  public Outcome run(CheckedDevice device) {
    Workbench bench = new Workbench(name(), device);
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      tensors.add(tensor(bench, counts.get(i), i));
    }
    new Steps(bench, tensors).run();
    return bench.outcome();
  }

  private Tensor tensor(Workbench bench, int count, int number) {
    ElementType type = number % 3 == 1 ? FLOAT32 : BFLOAT16;
    double[] weights = bench.draw(count, FLOAT32);
    double[] gradients = bench.draw(count, type);
    if (trouble == Trouble.GRADIENT && number == 0) {
      gradients[count - 1] = Double.POSITIVE_INFINITY;
    }
    return new Tensor(
        bench.give(weights, FLOAT32),
        bench.give(gradients, type),
        bench.give(new double[count], FLOAT32),
        bench.give(weights, BFLOAT16),
        number % 2,
        weights,
        gradients,
        new double[count]);
  }

  /** Two of them, so that the second has a momentum. */
  private final class Steps {

    private final Workbench bench;
    private final List<Tensor> tensors;
    private final DescentKernels kernels;
    private final DescentKernels.Tables tables;
    private final Numbers state;
    private final Numbers flag;
    private final Numbers losses;
    private final Numbers parts;

    Steps(Workbench bench, List<Tensor> tensors) {
      this.bench = bench;
      this.tensors = tensors;
      kernels = DescentKernels.load(bench.device());
      List<Job> jobs = tensors.stream().map(tensor -> tensor.job(momentum > 0)).toList();
      state = bench.room(DescentKernels.STATE, FLOAT32);
      flag = bench.give(new double[] {trouble == Trouble.BEFORE ? 1 : 0}, INT32);
      losses = bench.give(new double[] {1, trouble == Trouble.LOSS ? Double.NaN : 2}, FLOAT32);
      parts = bench.room(DescentJobs.chunkCount(jobs), FLOAT64);
      double[] settings = {LOSS_SCALE, limit, momentum, RATES[0], DECAYS[0], RATES[1], DECAYS[1]};
      tables =
          new DescentKernels.Tables(
              bench.raw(DescentJobs.jobs(jobs)),
              bench.raw(DescentJobs.chunks(jobs)),
              DescentJobs.chunkCount(jobs),
              bench.give(settings, FLOAT32).address(),
              state.address(),
              flag.address());
    }

    void run() {
      long gradients = tensors.stream().mapToLong(tensor -> tensor.gradient().bytes()).sum();
      bench.launch(
          "squares, finish_norm",
          gradients,
          () -> kernels.norm(0, tables, parts.address(), losses.address(), losses.count()));
      long moved =
          tensors.stream()
              .mapToLong(
                  tensor ->
                      tensor.weight().bytes() * (momentum > 0 ? 4 : 2) + tensor.copy().bytes())
              .sum();
      bench.launch("descend", gradients + moved, () -> kernels.descend(0, tables));
      kernels.descend(0, tables);
      double norm = Math.sqrt(squares()) / LOSS_SCALE;
      double factor = (limit > 0 && norm > limit ? limit / norm : 1) / LOSS_SCALE;
      if (trouble == Trouble.NONE) {
        tensors.forEach(tensor -> move(tensor, factor));
        tensors.forEach(tensor -> move(tensor, factor));
      }
      double up = trouble == Trouble.NONE ? 0 : 1;
      bench.compare("flag", flag, new double[] {up}, Workbench.WIDE);
      bench.compare("state", state, new double[] {norm, factor, up}, Workbench.WIDE.scaled(1e-5));
      tensors.forEach(this::compare);
    }

    private double squares() {
      return tensors.stream()
          .flatMapToDouble(tensor -> Arrays.stream(tensor.gradients()))
          .map(g -> g * g)
          .sum();
    }

    private void compare(Tensor tensor) {
      bench.compare("weight", tensor.weight(), tensor.expected(), Workbench.WIDE.scaled(0.1));
      bench.compare("copy", tensor.copy(), tensor.expected(), Workbench.NARROW);
      bench.compare("momentum", tensor.momentum(), tensor.momenta(), Workbench.WIDE.scaled(1e-3));
    }
  }

  private void move(Tensor tensor, double factor) {
    for (int i = 0; i < tensor.expected().length; i++) {
      double w = tensor.expected()[i];
      double step = tensor.gradients()[i] * factor + (double) DECAYS[tensor.group()] * w;
      if (momentum > 0) {
        step += momentum * tensor.momenta()[i];
        tensor.momenta()[i] = step;
      }
      tensor.expected()[i] = w - RATES[tensor.group()] * step;
    }
  }
}
