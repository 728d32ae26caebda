package io.radstream.cli;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.radstream.cli.TopicListing.TopicState;
import io.radstream.cli.topics.TopicHealth;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RegistryRefusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** Whether broker and registry can be reached, and hold what Radstream needs. */
final class ClusterChecks {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What a network and a busy machine may add. */
  private static final Duration MOST_APART = Duration.ofSeconds(10);

  private static final Diagnosis UNCOMPARED =
      Diagnosis.ok("clock", "not compared: the registry does not tell its time");

  private static final String CHECK_REGISTRY =
      "check --registry: the base URL of an API like Confluent's";

  private final KafkaConnection connection;
  private final InstantSource clock;

  ClusterChecks(KafkaConnection connection, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
  }

  List<Diagnosis> run() throws InterruptedException {
    Diagnosis broker = broker();
    return broker.ok()
        ? List.of(broker, topics(), upkeep(), registry(), clock())
        : List.of(broker, registry(), clock());
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
              "topics",
              missing + " of " + topics.size() + " missing",
              connection.topics().creation());
    } catch (IOException e) {
      return Diagnosis.fix("topics", e.getMessage(), "see that this user may describe topics");
    }
  }

  /** Settings and schemas of the topics that exist. */
  private Diagnosis upkeep() throws InterruptedException {
    try {
      List<String> problems =
          BrokerQuestion.ask(connection, admin -> TopicHealth.problemsOf(connection, admin));
      return problems.isEmpty()
          ? Diagnosis.ok("upkeep", "settings and schemas of the topics are as needed")
          : Diagnosis.fix(
              "upkeep",
              String.join("; ", problems),
              "radstream topics describe tells each topic's");
    } catch (IOException e) {
      return Diagnosis.fix("upkeep", e.getMessage(), "see that this user may describe topics");
    } catch (UncheckedIOException e) {
      return Diagnosis.fix("upkeep", e.getCause().getMessage(), CHECK_REGISTRY);
    }
  }

  private Diagnosis registry() {
    try (SchemaRegistryClient client =
        SchemaRegistryClientFactory.newClient(
            connection.registry(), 1, List.of(), connection.registryConfig(), Map.of())) {
      int subjects = client.getAllSubjects().size();
      return Diagnosis.ok("registry", connection.registry() + ", subjects: " + subjects);
    } catch (RestClientException e) {
      return Diagnosis.fix(
          "registry", RegistryRefusal.text(connection.registry(), e), CHECK_REGISTRY);
    } catch (IOException e) {
      return Diagnosis.fix(
          "registry",
          connection.registry() + " does not answer: " + e.getMessage(),
          CHECK_REGISTRY);
    }
  }

  /** Times of records are those of the machines that write them. */
  private Diagnosis clock() throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(connection.registry()))
              .timeout(PATIENCE)
              .method("HEAD", HttpRequest.BodyPublishers.noBody())
              .build();
      HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
      return answer.headers().firstValue("date").map(this::compared).orElse(UNCOMPARED);
    } catch (IOException | IllegalArgumentException e) {
      return UNCOMPARED;
    }
  }

  private Diagnosis compared(String date) {
    try {
      Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      Duration apart = Duration.between(theirs, clock.instant()).abs();
      return apart.compareTo(MOST_APART) <= 0
          ? Diagnosis.ok("clock", "within %d s of the registry's".formatted(MOST_APART.toSeconds()))
          : Diagnosis.fix(
              "clock",
              "%d s from the registry's".formatted(apart.toSeconds()),
              "have both machines keep time by NTP: deadlines run by the times of records");
    } catch (DateTimeException e) {
      return UNCOMPARED;
    }
  }
}
