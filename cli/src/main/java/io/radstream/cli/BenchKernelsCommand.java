package io.radstream.cli;

import io.radstream.cli.bench.KernelsReport;
import io.radstream.model.kernels.KernelBinaries;
import io.radstream.model.kernels.check.CardCheck;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream bench kernels}: the CUDA kernels on a GPU. */
@Command(
    name = "kernels",
    description = {
      "Check the CUDA kernels on an NVIDIA GPU, and measure them.",
      "",
      "Each is compiled by NVRTC where that has not been done before, compared with its formula in"
          + " float64 on small shapes and on those of a step of base, and run twice for the same"
          + " bits. Times are of one launch among twenty; the rate is of what has to be read and"
          + " written. Ends with 1 where a kernel is wrong."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  radstream bench kernels", "  radstream bench kernels --gpu 1 --json"})
final class BenchKernelsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonSummary json;

  @Option(
      names = "--gpu",
      paramLabel = "N",
      defaultValue = "0",
      description = "Which of those that this process sees (default: ${DEFAULT-VALUE}).")
  private int gpu;

  @Option(
      names = "--kept",
      paramLabel = "DIR",
      description =
          "Where compiled kernels are kept (default: radstream/kernels in XDG_CACHE_HOME or"
              + " ~/.cache).")
  private Path kept = KernelBinaries.ofUser();

  @Override
  public Integer call() {
    if (gpu < 0) {
      throw new ParameterException(spec.commandLine(), "--gpu: at least 0, not " + gpu);
    }
    KernelsReport report = KernelsReport.of(CardCheck.run(gpu, kept));
    if (!json.requested()) {
      report.print(spec.commandLine().getOut());
    }
    json.print(report);
    return report.right() ? Radstream.DONE : Radstream.FAILED;
  }
}
