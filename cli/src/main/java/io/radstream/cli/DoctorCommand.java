package io.radstream.cli;

import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.ModelVariant;
import io.radstream.schemas.KafkaConnection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream doctor}: what is in order here, and what to do about the rest. */
@Command(
    name = "doctor",
    description = {
      "Check this machine, the engine and, where named, broker, registry, topics and clock.",
      "Exits with 1 where something is to be fixed."
    },
    footer = {
      "",
      "Examples:",
      "  radstream doctor",
      "  radstream doctor --no-engine --listen 11112,2575",
      "  radstream doctor --model base",
      "  radstream doctor --json \\",
      "      --bootstrap localhost:9092 --registry http://localhost:8081"
    })
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary summary;

  @Option(
      names = "--data-dir",
      paramLabel = "DIRECTORY",
      defaultValue = ".",
      description = "Where data would go; its volume is checked for room.")
  private Path dataDirectory;

  @Option(
      names = "--no-engine",
      description = "Do not load the PyTorch engine: for machines that neither train nor serve.")
  private boolean noEngine;

  @Option(
      names = "--listen",
      paramLabel = "[HOST:]PORT",
      split = ",",
      description =
          "Also check that these ports can be listened on, as 11112,2575 or 0.0.0.0:8080 (host"
              + " 127.0.0.1 where none is named).")
  private List<String> listen = List.of();

  @Option(
      names = "--model",
      paramLabel = "PRESET",
      description =
          "Also print the parameters and operations of a network: ${COMPLETION-CANDIDATES}.")
  private Optional<ModelPreset> model;

  @Option(
      names = "--variant",
      paramLabel = "VARIANT",
      defaultValue = "PAPER",
      description =
          "With --model: the network of the paper or of the code its authors released:"
              + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ModelVariant variant;

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      defaultValue = "30522",
      description = "With --model: tokens of the vocabulary (default: ${DEFAULT-VALUE}).")
  private int vocabulary;

  @Override
  public Integer call() throws InterruptedException {
    if (model.isPresent() && noEngine) {
      throw new ParameterException(
          spec.commandLine(), "--model needs the engine: drop --no-engine");
    }
    Optional<KafkaConnection> connection = connectionOptions.connectionIfGiven();
    List<Diagnosis> checks = new ArrayList<>();
    report(checks, MachineChecks.java());
    report(checks, MachineChecks.memory());
    report(checks, MachineChecks.disk(dataDirectory));
    listen.forEach(address -> report(checks, MachineChecks.port(address)));
    if (!noEngine) {
      report(checks, MachineChecks.engine());
    }
    if (connection.isPresent()) {
      new ClusterChecks(connection.get(), InstantSource.system())
          .run()
          .forEach(diagnosis -> report(checks, diagnosis));
    }
    Optional<ModelReport> described =
        model.map(preset -> ModelReport.of(preset, variant, vocabulary));
    described.ifPresent(report -> report.lines().forEach(out()::println));
    out().flush();
    boolean healthy = checks.stream().allMatch(Diagnosis::ok);
    summary.print(new Report(healthy, checks, described.orElse(null)));
    return healthy ? Radstream.DONE : Radstream.FAILED;
  }

  private void report(List<Diagnosis> checks, Diagnosis diagnosis) {
    checks.add(diagnosis);
    out().println(diagnosis.line());
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /**
   * @param model null where none was asked for
   */
  private record Report(boolean ok, List<Diagnosis> checks, ModelReport model) {}
}
