package io.radstream.cli;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.radstream.cli.TopicListing.TopicState;
import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Whether broker and registry can be reached, and hold what Radstream needs. */
final class ClusterChecks {

  private final KafkaConnection connection;

  ClusterChecks(KafkaConnection connection) {
    this.connection = connection;
  }

  List<Diagnosis> run() throws InterruptedException {
    Diagnosis broker = broker();
    return broker.ok() ? List.of(broker, topics(), registry()) : List.of(broker, registry());
  }

  private Diagnosis broker() throws InterruptedException {
    try {
      int nodes =
          BrokerQuestion.ask(connection, admin -> admin.describeCluster().nodes().get()).size();
      return Diagnosis.ok("broker", connection.bootstrap() + ", nodes: " + nodes);
    } catch (IOException e) {
      return Diagnosis.fix(
          "broker", e.getMessage(), "check --bootstrap, and log-in settings in --kafka-config");
    }
  }

  private Diagnosis topics() throws InterruptedException {
    try {
      List<TopicState> topics =
          BrokerQuestion.ask(
              connection, admin -> new TopicListing(admin, connection.topics()).read());
      long missing = topics.stream().filter(topic -> !topic.exists()).count();
      return missing == 0
          ? Diagnosis.ok("topics", topics.size() + " exist")
          : Diagnosis.fix(
              "topics", missing + " of " + topics.size() + " missing", "radstream topics create");
    } catch (IOException e) {
      return Diagnosis.fix("topics", e.getMessage(), "see that this user may describe topics");
    }
  }

  private Diagnosis registry() {
    try (SchemaRegistryClient client =
        SchemaRegistryClientFactory.newClient(
            connection.registry(), 1, List.of(), connection.registryConfig(), Map.of())) {
      int subjects = client.getAllSubjects().size();
      return Diagnosis.ok("registry", connection.registry() + ", subjects: " + subjects);
    } catch (IOException | RestClientException e) {
      return Diagnosis.fix(
          "registry",
          connection.registry() + " does not answer: " + e.getMessage(),
          "check --registry: the base URL of an API like Confluent's");
    }
  }
}
