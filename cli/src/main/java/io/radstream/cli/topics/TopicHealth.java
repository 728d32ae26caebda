package io.radstream.cli.topics;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RegistryRefusal;
import io.radstream.schemas.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/**
 * How a topic is kept, and what about it is not as Radstream needs it.
 *
 * @param replicas of each partition
 * @param underReplicated partitions with fewer replicas in sync than they should have
 * @param settings those that Radstream sets, as they are
 * @param schemaVersions of the registry's subject; empty where it has none
 * @param problems for people, each with what to do; empty where all is in order
 */
public record TopicHealth(
    String topic,
    int partitions,
    int replicas,
    int underReplicated,
    Map<String, String> settings,
    List<Integer> schemaVersions,
    List<String> problems) {

  public TopicHealth {
    settings = Map.copyOf(settings);
    schemaVersions = List.copyOf(schemaVersions);
    problems = List.copyOf(problems);
  }

  /**
   * @param topic exists
   * @throws UncheckedIOException where the registry does not answer
   */
  public static TopicHealth of(KafkaConnection connection, Admin admin, Topic topic)
      throws ExecutionException, InterruptedException {
    String name = connection.topics().of(topic);
    TopicDescription description =
        admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
    List<String> problems = new ArrayList<>();
    Map<String, String> settings = new TreeMap<>();
    topic
        .creationConfig()
        .forEach((key, wanted) -> settings.put(key, check(name, config, key, wanted, problems)));
    int under =
        (int)
            description.partitions().stream()
                .filter(partition -> partition.isr().size() < partition.replicas().size())
                .count();
    if (under > 0) {
      problems.add(
          "%d partitions have replicas that are behind; see to the brokers".formatted(under));
    }
    return new TopicHealth(
        name,
        description.partitions().size(),
        description.partitions().get(0).replicas().size(),
        under,
        settings,
        schemas(connection, topic, problems),
        problems);
  }

  /**
   * Problems of all topics of Radstream that exist, each with its topic's name in front.
   *
   * @throws UncheckedIOException where the registry does not answer
   */
  public static List<String> problemsOf(KafkaConnection connection, Admin admin)
      throws ExecutionException, InterruptedException {
    Set<String> existing = admin.listTopics().names().get();
    List<String> problems = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      if (existing.contains(connection.topics().of(topic))) {
        TopicHealth health = of(connection, admin, topic);
        health.problems().forEach(problem -> problems.add(health.topic() + ": " + problem));
      }
    }
    return problems;
  }

  private static String check(
      String topic, Config config, String key, String wanted, List<String> problems) {
    ConfigEntry entry = config.get(key);
    String is = entry == null ? "" : entry.value();
    boolean enough =
        key.equals("max.message.bytes")
            ? !is.isEmpty() && Long.parseLong(is) >= Long.parseLong(wanted)
            : is.equals(wanted);
    if (!enough) {
      problems.add(
          "%s is %s, not %s: kafka-configs --alter --topic %s --add-config %s=%s"
              .formatted(key, is, wanted, topic, key, wanted));
    }
    return is;
  }

  private static List<Integer> schemas(
      KafkaConnection connection, Topic topic, List<String> problems) {
    String subject = connection.topics().subject(topic);
    try (SchemaRegistryClient client =
        SchemaRegistryClientFactory.newClient(
            connection.registry(), 100, List.of(), connection.registryConfig(), Map.of())) {
      List<Integer> versions = client.getAllVersions(subject);
      AvroSchema ours = new AvroSchema(SpecificData.get().getSchema(topic.recordClass()));
      if (!client.testCompatibility(subject, ours)) {
        problems.add(
            "this version's schema is not compatible with the registry's; a newer version of"
                + " Radstream has registered it: use that one");
      }
      return versions;
    } catch (RestClientException e) {
      if (RegistryRefusal.isMissing(e)) {
        problems.add("the registry has no schema: " + connection.topics().creation());
        return List.of();
      }
      throw unanswered(RegistryRefusal.text(connection.registry(), e), e);
    } catch (IOException e) {
      throw unanswered(
          "registry %s does not answer: %s".formatted(connection.registry(), e.getMessage()), e);
    }
  }

  private static UncheckedIOException unanswered(String message, Exception cause) {
    return new UncheckedIOException(new IOException(message, cause));
  }
}
