package io.radstream.cli.bench;

import io.radstream.cli.embedded.ClusterSettings;
import io.radstream.cli.embedded.Distribution;
import io.radstream.cli.embedded.EmbeddedCluster;
import io.radstream.cli.embedded.Workplace;
import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A broker and a registry for one measurement, and room for what it writes. */
record BenchCluster(Workplace workplace, EmbeddedCluster cluster) implements AutoCloseable {

  static BenchCluster start() throws IOException, InterruptedException {
    Workplace workplace = Workplace.of(Optional.empty());
    try {
      ClusterSettings settings = ClusterSettings.in(workplace.directory().resolve("cluster"));
      return new BenchCluster(
          workplace, EmbeddedCluster.start(settings, Distribution.ofThisProcess()));
    } catch (IOException | InterruptedException | RuntimeException e) {
      workplace.close();
      throw e;
    }
  }

  KafkaConnection connection() {
    return cluster.connection();
  }

  Path directory() {
    return workplace.directory();
  }

  @Override
  public void close() throws IOException {
    try (workplace) {
      cluster.close();
    }
  }
}
