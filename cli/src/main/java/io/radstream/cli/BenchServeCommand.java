package io.radstream.cli;

import io.radstream.cli.bench.BenchModel;
import io.radstream.cli.bench.BenchPictures;
import io.radstream.cli.bench.ServeBench;
import io.radstream.cli.bench.ServeBenchReport;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.ModelVariant;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.serving.score.BatchLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream bench serve}: the scoring service beside its network alone. */
@Command(
    name = "serve",
    description = {
      "Measure the scoring service over HTTP.",
      "",
      "Clients on loopback send studies of phantoms, each the next one as soon as it has its"
          + " answer. Beside them stands the bare forward pass of the same network in passes of as"
          + " many studies; the two take turns, and medians count."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream bench serve",
      "  radstream bench serve --preset tiny --clients 1,8,32 --views 1,3 --json",
      "  radstream bench serve --checkpoint store/demo/000000400 --pictures dir"
    })
final class BenchServeCommand implements Callable<Integer> {

  private static final int SMALLEST_SIDE = 32;
  private static final int SMALLEST_VOCABULARY = 64;

  @Spec private CommandSpec spec;
  @Mixin private JsonSummary json;
  @Mixin private DeviceOption device;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "Whose network is measured (default: one that has learned nothing).")
  private Optional<Path> checkpoint;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "BASE",
      description = "Without checkpoint: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ModelPreset preset;

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      defaultValue = "30522",
      description = "Without checkpoint: tokens of the vocabulary (default: ${DEFAULT-VALUE}).")
  private int vocabulary;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "FLOAT32",
      description = "Of products: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Precision precision;

  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      description = "Files, PNG or JPEG, that studies are made of (default: phantoms).")
  private Optional<Path> pictures;

  @Option(
      names = "--side",
      paramLabel = "N",
      defaultValue = "512",
      description = "Pixels of a phantom's picture (default: ${DEFAULT-VALUE}).")
  private int side;

  @Option(
      names = "--views",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,3",
      description = "Of each study (default: ${DEFAULT-VALUE}).")
  private List<Integer> views;

  @Option(
      names = "--clients",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,2,4,8,16,32",
      description = "At a time (default: ${DEFAULT-VALUE}).")
  private List<Integer> clients;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Of each; medians count (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description = "Of a round over HTTP, and of a bare one (default: ${DEFAULT-VALUE}).")
  private Duration time;

  @Option(
      names = "--max-batch",
      paramLabel = "N",
      defaultValue = "16",
      description = "Most studies of one pass (default: ${DEFAULT-VALUE}, as serve).")
  private int maxBatch;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "CPU threads of one operation (default: the number of cores).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws IOException, InterruptedException {
    require("--vocabulary", vocabulary, SMALLEST_VOCABULARY);
    require("--side", side, SMALLEST_SIDE);
    views.forEach(count -> require("--views", count, 1));
    clients.forEach(count -> require("--clients", count, 1));
    require("--rounds", rounds, 1);
    require("--threads", threads, 1);
    ServeBench bench = new ServeBench(plan(), this::tell);
    ComputeDevice found = device.choice().start(threads);
    ServeBenchReport report = bench.run(unlearned(ModelPreset.TINY, found), model(found));
    if (!json.requested()) {
      report.print(spec.commandLine().getOut());
    }
    json.print(report);
    return Radstream.DONE;
  }

  private ServeBench.Plan plan() throws IOException {
    return new ServeBench.Plan(
        pictures.isPresent() ? BenchPictures.of(pictures.get()) : BenchPictures.phantoms(side),
        views,
        clients,
        rounds,
        time,
        limits());
  }

  private BatchLimits limits() {
    int most = clients.stream().mapToInt(Integer::intValue).max().orElseThrow();
    BatchLimits usual = BatchLimits.DEFAULT;
    try {
      return new BatchLimits(maxBatch, usual.maxDelay(), Math.max(most, usual.maxWaiting()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--max-batch: " + e.getMessage(), e);
    }
  }

  private BenchModel model(ComputeDevice found) throws IOException {
    return checkpoint.isPresent()
        ? BenchModel.of(checkpoint.get(), found, precision)
        : unlearned(preset, found);
  }

  private BenchModel unlearned(ModelPreset size, ComputeDevice found) throws IOException {
    return BenchModel.unlearned(
        size.config(ModelVariant.PAPER, vocabulary, vocabulary), found, precision);
  }

  private void require(String option, long value, long least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), "%s: at least %d, not %d".formatted(option, least, value));
    }
  }

  private void tell(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
