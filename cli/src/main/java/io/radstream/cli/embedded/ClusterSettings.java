package io.radstream.cli.embedded;

import io.radstream.schemas.TopicNames;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where an embedded cluster lives and listens.
 *
 * @param dataDirectory made where it does not exist; belongs to one cluster at a time
 * @param brokerPort on loopback; {@link #ANY_PORT} for a free one
 * @param registryPort on loopback; {@link #ANY_PORT} for a free one
 * @param topics names of the topics
 * @param partitions of each topic that does not exist yet
 */
public record ClusterSettings(
    Path dataDirectory, int brokerPort, int registryPort, TopicNames topics, int partitions) {

  public static final int ANY_PORT = 0;

  private static final int DEFAULT_PARTITIONS = 2;
  private static final int LAST_PORT = 65_535;

  public ClusterSettings {
    Objects.requireNonNull(dataDirectory, "dataDirectory");
    Objects.requireNonNull(topics, "topics");
    checkPort(brokerPort);
    checkPort(registryPort);
    if (partitions < 1) {
      throw new IllegalArgumentException("a topic has at least one partition, not " + partitions);
    }
  }

  /** Free ports, topic names without a prefix. */
  public static ClusterSettings in(Path dataDirectory) {
    return new ClusterSettings(
        dataDirectory, ANY_PORT, ANY_PORT, new TopicNames(""), DEFAULT_PARTITIONS);
  }

  public ClusterSettings withPorts(int broker, int registry) {
    return new ClusterSettings(dataDirectory, broker, registry, topics, partitions);
  }

  public ClusterSettings withTopics(TopicNames names, int partitionsOfEach) {
    return new ClusterSettings(dataDirectory, brokerPort, registryPort, names, partitionsOfEach);
  }

  private static void checkPort(int port) {
    if (port < 0 || port > LAST_PORT) {
      throw new IllegalArgumentException("no such port: " + port);
    }
  }
}
