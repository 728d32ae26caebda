package io.radstream.cli.embedded;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicSetup;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Broker and registry in one, with Radstream's topics and schemas in place. Whoever gets the {@link
 * #connection} cannot tell it from any other cluster.
 */
public final class EmbeddedCluster implements AutoCloseable {

  private final Opened parts;
  private final EmbeddedRegistry registry;
  private final KafkaConnection connection;

  private EmbeddedCluster(Opened parts, EmbeddedRegistry registry, KafkaConnection connection) {
    this.parts = parts;
    this.registry = registry;
    this.connection = connection;
  }

  /**
   * Starts both on the data that the directory holds, and returns when they can be used.
   *
   * @throws IOException where the data directory is in use or not usable, a port is taken, or one
   *     of the two did not come up; nothing is left running then
   */
  public static EmbeddedCluster start(ClusterSettings settings, Distribution distribution)
      throws IOException, InterruptedException {
    Opened parts = new Opened();
    try {
      EmbeddedCluster cluster = open(settings, distribution, parts);
      new TopicSetup(cluster.connection).create(settings.partitions());
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      closeAfter(e, parts);
      throw e;
    }
  }

  public KafkaConnection connection() {
    return connection;
  }

  /**
   * The broker ends this process where it ends itself; the registry is another process.
   *
   * @throws IOException where the registry has ended by itself; tells the end of its log
   */
  public void requireAlive() throws IOException {
    registry.requireAlive();
  }

  /** Stops broker and registry in good order; their data stays. */
  @Override
  public void close() throws IOException {
    parts.close();
  }

  private static EmbeddedCluster open(
      ClusterSettings settings, Distribution distribution, Opened parts)
      throws IOException, InterruptedException {
    Path directory = settings.dataDirectory();
    parts.add(DataDirectoryLock.acquire(directory));
    // The registry comes up in a process of its own while the broker does so in this one.
    EmbeddedRegistry registry =
        parts.add(
            EmbeddedRegistry.launch(
                distribution.registryJar(),
                directory.resolve("registry"),
                settings.registryPort()));
    EmbeddedBroker broker =
        parts.add(EmbeddedBroker.start(directory.resolve("broker"), settings.brokerPort()));
    return new EmbeddedCluster(
        parts,
        registry,
        new KafkaConnection(broker.bootstrap(), registry.awaitReady(), settings.topics()));
  }

  private static void closeAfter(Throwable cause, Opened parts) {
    try {
      parts.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
