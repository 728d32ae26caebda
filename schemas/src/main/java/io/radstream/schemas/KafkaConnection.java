package io.radstream.schemas;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where the cluster and the registry are, and how to log in to them.
 *
 * @param bootstrap Kafka bootstrap servers, {@code host:port[,host:port]}
 * @param registry base URL of a registry that speaks Confluent's REST API, or {@code mock://scope}
 * @param topics names of the topics
 * @param properties further client properties in Kafka's own names (SASL, TLS, ...); they win over
 *     the defaults here
 */
public record KafkaConnection(
    String bootstrap, String registry, TopicNames topics, Map<String, String> properties) {

  static {
    // Records may be built, with defaults that Avro makes, before the first serde is.
    TrustedRecords.register();
  }

  public KafkaConnection {
    Objects.requireNonNull(bootstrap, "bootstrap");
    Objects.requireNonNull(registry, "registry");
    Objects.requireNonNull(topics, "topics");
    properties = Map.copyOf(properties);
  }

  public KafkaConnection(String bootstrap, String registry, TopicNames topics) {
    this(bootstrap, registry, topics, Map.of());
  }

  /** Properties common to every Kafka client. */
  public Map<String, Object> clientConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("bootstrap.servers", bootstrap);
    config.putAll(properties);
    return config;
  }

  /** For producers: idempotent, waits for all in-sync replicas, no compression. */
  public Map<String, Object> producerConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("enable.idempotence", true);
    config.put("acks", "all");
    config.put("compression.type", "none");
    config.put("max.request.size", Topic.MAX_RECORD_BYTES);
    config.putAll(clientConfig());
    return config;
  }

  /** For consumers that assign partitions themselves and read only what was committed. */
  public Map<String, Object> consumerConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("isolation.level", "read_committed");
    config.put("enable.auto.commit", false);
    config.put("auto.offset.reset", "earliest");
    config.putAll(clientConfig());
    return config;
  }

  /** For the Confluent serializers and deserializers. */
  public Map<String, Object> registryConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("schema.registry.url", registry);
    config.put("specific.avro.reader", true);
    config.put("auto.register.schemas", true);
    config.putAll(properties);
    return config;
  }
}
