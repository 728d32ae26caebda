package io.radstream.cli;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicNames;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Mixin: where the cluster and the registry are. An option wins over the file, the file over the
 * environment.
 */
final class ConnectionOptions {

  private static final String BOOTSTRAP = "bootstrap.servers";
  private static final String REGISTRY = "schema.registry.url";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Kafka bootstrap servers (or RADSTREAM_BOOTSTRAP in the environment).")
  private Optional<String> bootstrap;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description =
          "Schema registry with Confluent's REST API (or RADSTREAM_REGISTRY in the environment).")
  private Optional<String> registry;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      defaultValue = "",
      description = "Put in front of every topic name, so that several sites can share a cluster.")
  private String topicPrefix;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Client properties in Kafka's own format (SASL, TLS, ...).")
  private Optional<Path> kafkaConfig;

  /**
   * @throws ParameterException where the broker or the registry is not named, or the file or the
   *     prefix is not usable
   */
  KafkaConnection connection() {
    Map<String, String> properties = properties();
    String broker =
        bootstrap(properties).orElseThrow(() -> missing("--bootstrap HOST:PORT", BOOTSTRAP));
    String schemas = registry(properties).orElseThrow(() -> missing("--registry URL", REGISTRY));
    // A connection's properties win over its addresses; here the option wins.
    properties.keySet().removeAll(Set.of(BOOTSTRAP, REGISTRY));
    return new KafkaConnection(broker, schemas, topics(), properties);
  }

  /**
   * As {@link #connection()}, but empty where neither broker nor registry is named: for commands
   * that can bring their own cluster.
   */
  Optional<KafkaConnection> connectionIfGiven() {
    Map<String, String> properties = properties();
    boolean none = bootstrap(properties).isEmpty() && registry(properties).isEmpty();
    return none ? Optional.empty() : Optional.of(connection());
  }

  /** What tells a process of its own of the properties in the file. */
  List<String> fileArguments() {
    return kafkaConfig.map(file -> List.of("--kafka-config=" + file)).orElse(List.of());
  }

  /**
   * @throws ParameterException where Kafka would refuse the prefix
   */
  TopicNames topics() {
    try {
      return new TopicNames(topicPrefix);
    } catch (IllegalArgumentException e) {
      throw usage("--topic-prefix: " + e.getMessage());
    }
  }

  private Optional<String> bootstrap(Map<String, String> properties) {
    return first(bootstrap, properties.get(BOOTSTRAP), "RADSTREAM_BOOTSTRAP");
  }

  private Optional<String> registry(Map<String, String> properties) {
    return first(registry, properties.get(REGISTRY), "RADSTREAM_REGISTRY");
  }

  private static Optional<String> first(Optional<String> option, String property, String variable) {
    return option
        .or(() -> Optional.ofNullable(property))
        .or(() -> Optional.ofNullable(System.getenv(variable)))
        .filter(value -> !value.isBlank());
  }

  private Map<String, String> properties() {
    Properties read = new Properties();
    kafkaConfig.ifPresent(file -> load(read, file));
    Map<String, String> properties = new LinkedHashMap<>();
    read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
    return properties;
  }

  private void load(Properties properties, Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException(e);
    } catch (IOException | IllegalArgumentException e) {
      throw usage("--kafka-config: cannot read " + file + " as a properties file");
    }
  }

  private ParameterException missing(String option, String property) {
    return usage("Missing option: " + option + " (or " + property + " in --kafka-config FILE)");
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
