package io.radstream.cli;

import io.radstream.cli.embedded.ClusterSettings;
import io.radstream.cli.embedded.Distribution;
import io.radstream.cli.embedded.EmbeddedCluster;
import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code radstream cluster}: the broker and the registry alone, for other commands. */
@Command(
    name = "cluster",
    description = {
      "Start a broker and a schema registry on this machine, for other commands.",
      "",
      "Both listen on loopback only, ask nobody who they are, and run until stopped; the data stay."
          + " Opens what 'experiment run --embedded DIR' and 'demo --data-dir DIR' (its folder"
          + " cluster) have left, while these do not run. Prints the line that names both to a"
          + " shell."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream cluster phantoms-cluster",
      "  radstream cluster ~/radstream-demo/cluster",
      "  radstream cluster data --broker-port 19092 --registry-port 18081"
    })
final class ClusterCommand implements Callable<Integer> {

  private static final long LOOK_MILLIS = 1_000;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      description = "Where the data are; made where there is none. Of one process at a time.")
  private Path directory;

  @Option(
      names = "--broker-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Of the broker; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int brokerPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Of the registry; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int registryPort;

  private final CountDownLatch stop = new CountDownLatch(1);

  @Override
  public Integer call() throws IOException, InterruptedException {
    ClusterSettings settings = settings();
    GracefulStop.during(() -> run(settings), stop::countDown);
    return Radstream.DONE;
  }

  private ClusterSettings settings() {
    try {
      return ClusterSettings.in(directory).withPorts(brokerPort, registryPort);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void run(ClusterSettings settings) throws IOException, InterruptedException {
    try (EmbeddedCluster cluster = EmbeddedCluster.start(settings, Distribution.ofThisProcess())) {
      tell(cluster.connection());
      while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        cluster.requireAlive();
      }
    }
  }

  private void tell(KafkaConnection connection) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "export RADSTREAM_BOOTSTRAP=%s RADSTREAM_REGISTRY=%s%n",
        connection.bootstrap(), connection.registry());
    out.flush();
  }
}
