package io.radstream.trainer.kafka;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.SourceConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Connects the configured sources. */
public final class RunSources {

  private static final String BOOTSTRAP = "bootstrap.servers";
  private static final String REGISTRY = "schema.registry.url";

  private RunSources() {}

  /**
   * @param connection of the run itself
   * @throws IOException where the properties of a cluster cannot be read
   */
  public static List<SourceTopics> of(
      RunConfig config, KafkaClients clients, KafkaConnection connection) throws IOException {
    return of(config.sources(), clients, connection);
  }

  /** The same; where none is named, the run's own topics are the source. */
  public static List<SourceTopics> of(
      List<SourceConfig> named, KafkaClients clients, KafkaConnection connection)
      throws IOException {
    if (named.isEmpty()) {
      return List.of(own(clients, connection));
    }
    List<SourceTopics> sources = new ArrayList<>();
    for (SourceConfig source : named) {
      KafkaConnection own = connection(source, connection);
      sources.add(
          new SourceTopics(
              source.name(),
              source.weight(),
              source.kafkaConfig().isEmpty() ? clients : KafkaClients.of(own),
              own));
    }
    return List.copyOf(sources);
  }

  /** The sources and, where those are others', the run's own cluster, which has its ledger. */
  public static List<SourceTopics> withOwn(
      List<SourceTopics> sources, KafkaClients clients, KafkaConnection connection) {
    List<SourceTopics> all = new ArrayList<>(sources);
    if (sources.stream().noneMatch(source -> source.connection().equals(connection))) {
      all.add(own(clients, connection));
    }
    return List.copyOf(all);
  }

  private static SourceTopics own(KafkaClients clients, KafkaConnection connection) {
    return new SourceTopics(SourceConfig.OWN, 1, clients, connection);
  }

  private static KafkaConnection connection(SourceConfig source, KafkaConnection run)
      throws IOException {
    TopicNames topics = new TopicNames(source.topicPrefix());
    if (source.kafkaConfig().isEmpty()) {
      return new KafkaConnection(run.bootstrap(), run.registry(), topics, run.properties());
    }
    Map<String, String> properties = read(Path.of(source.kafkaConfig()));
    return new KafkaConnection(
        required(properties, BOOTSTRAP, source),
        required(properties, REGISTRY, source),
        topics,
        properties);
  }

  private static Map<String, String> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is not a properties file", e);
    }
    Map<String, String> values = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name)));
    return values;
  }

  private static String required(Map<String, String> properties, String name, SourceConfig source)
      throws IOException {
    String value = properties.remove(name);
    if (value == null) {
      throw new IOException(
          "%s, the cluster of source %s, does not set %s"
              .formatted(source.kafkaConfig(), source.name(), name));
    }
    return value;
  }
}
