package io.radstream.cli;

import io.radstream.schemas.KafkaConnection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code radstream doctor}: what is in order here, and what to do about the rest. */
@Command(
    name = "doctor",
    description = {
      "Check this machine, the engine and, where named, broker and registry.",
      "Exits with 1 where something is to be fixed."
    },
    footer = {
      "",
      "Examples:",
      "  radstream doctor",
      "  radstream doctor --bootstrap localhost:9092 --registry http://localhost:8081 --json"
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

  @Override
  public Integer call() throws InterruptedException {
    Optional<KafkaConnection> connection = connectionOptions.connectionIfGiven();
    List<Diagnosis> checks = new ArrayList<>();
    report(checks, MachineChecks.java());
    report(checks, MachineChecks.memory());
    report(checks, MachineChecks.disk(dataDirectory));
    if (!noEngine) {
      report(checks, MachineChecks.engine());
    }
    if (connection.isPresent()) {
      new ClusterChecks(connection.get()).run().forEach(diagnosis -> report(checks, diagnosis));
    }
    boolean healthy = checks.stream().allMatch(Diagnosis::ok);
    summary.print(new Report(healthy, checks));
    return healthy ? Radstream.DONE : Radstream.FAILED;
  }

  private void report(List<Diagnosis> checks, Diagnosis diagnosis) {
    checks.add(diagnosis);
    PrintWriter out = spec.commandLine().getOut();
    out.println(diagnosis.line());
    out.flush();
  }

  private record Report(boolean ok, List<Diagnosis> checks) {}
}
