package io.radstream.cli;

import io.radstream.cli.topics.TopicHealth;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code radstream topics describe}: how topics are kept, and whether that is as needed. */
@Command(
    name = "describe",
    description = {
      "Show how topics are kept: partitions, replicas, settings, schema versions.",
      "Exits with 1 where one is missing or not as Radstream needs it, and says what to do."
    },
    footer = {
      "",
      "Examples:",
      "  radstream topics describe --kafka-config client.properties",
      "  radstream topics describe studies publish.positions \\",
      "      --bootstrap localhost:9092 --registry http://localhost:8081"
    })
final class TopicsDescribeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary summary;

  @Parameters(
      paramLabel = "TOPIC",
      arity = "0..*",
      converter = TopicChoice.class,
      description = "Names without a prefix (default: all).")
  private List<Topic> topics = List.of();

  private record Described(List<TopicHealth> topics, List<String> missing) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    KafkaConnection connection = connectionOptions.connection();
    List<Topic> asked = topics.isEmpty() ? Arrays.asList(Topic.values()) : topics;
    Described described;
    try {
      described = BrokerQuestion.ask(connection, admin -> describe(connection, admin, asked));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    described.topics().forEach(this::print);
    String creation = connection.topics().creation();
    described.missing().forEach(name -> out().println(name + "  missing: " + creation));
    out().flush();
    summary.print(described);
    boolean inOrder =
        described.missing().isEmpty()
            && described.topics().stream().allMatch(topic -> topic.problems().isEmpty());
    return inOrder ? Radstream.DONE : Radstream.FAILED;
  }

  private static Described describe(KafkaConnection connection, Admin admin, List<Topic> asked)
      throws ExecutionException, InterruptedException {
    Set<String> existing = admin.listTopics().names().get();
    List<TopicHealth> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Topic topic : asked) {
      String name = connection.topics().of(topic);
      if (existing.contains(name)) {
        found.add(TopicHealth.of(connection, admin, topic));
      } else {
        missing.add(name);
      }
    }
    return new Described(found, missing);
  }

  private void print(TopicHealth topic) {
    out()
        .printf(
            "%s  partitions %d, replicas %d, schema versions %s%n",
            topic.topic(), topic.partitions(), topic.replicas(), topic.schemaVersions());
    topic.settings().forEach((key, value) -> out().printf("    %s=%s%n", key, value));
    topic.problems().forEach(problem -> out().printf("    FIX %s%n", problem));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
