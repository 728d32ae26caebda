package io.radstream.model.kernels.check;

import io.radstream.model.kernels.CudaDevice;
import io.radstream.model.kernels.KernelBinaries;
import io.radstream.model.kernels.KernelException;
import io.radstream.model.kernels.KernelProgram;
import io.radstream.model.kernels.Nvrtc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What all checks say of a GPU.
 *
 * @param gpu its name
 * @param compiler name and version
 * @param kernelsHash of all programs of {@code base}
 * @param compileSeconds for all of these, or for finding them where they were compiled before
 * @param checks with what each came to
 */
public record CardCheck(
    String gpu, String compiler, String kernelsHash, double compileSeconds, List<Result> checks) {

  private static final double NANOS = 1e9;

  /**
   * Of one check, which was made twice.
   *
   * @param right whether all is as the formulas say
   * @param repeatable whether both times gave the same bits
   */
  public record Result(Outcome outcome, boolean right, boolean repeatable) {}

  public CardCheck {
    checks = List.copyOf(checks);
  }

  /** Whether every kernel computes its formula, and the same bits each time. */
  public boolean isRight() {
    return checks.stream().allMatch(check -> check.right() && check.repeatable());
  }

  /**
   * @param ordinal of the GPU among those that this process sees
   * @param directory for what is compiled
   * @throws KernelException where there is no GPU, no driver or no compiler
   */
  public static CardCheck run(int ordinal, Path directory) {
    Nvrtc compiler = Nvrtc.find();
    try (CudaDevice gpu = CudaDevice.open(ordinal, compiler, directory)) {
      long begin = System.nanoTime();
      List<String> keys =
          KernelProgram.base().stream().map(program -> gpu.load(program).key()).toList();
      double seconds = (System.nanoTime() - begin) / NANOS;
      List<Result> results = new ArrayList<>();
      for (KernelCheck check : all()) {
        Outcome outcome = check.run(new CheckedCuda(gpu));
        Outcome again = check.run(new CheckedCuda(gpu));
        results.add(
            new Result(outcome, outcome.isRight(), outcome.digest().equals(again.digest())));
      }
      return new CardCheck(
          gpu.name(), compiler.version(), KernelBinaries.kernelsHash(keys), seconds, results);
    }
  }

  private static List<KernelCheck> all() {
    List<KernelCheck> checks = new ArrayList<>(KernelChecks.small());
    checks.addAll(KernelChecks.large());
    return checks;
  }
}
