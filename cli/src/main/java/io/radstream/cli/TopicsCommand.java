package io.radstream.cli;

import io.radstream.cli.TopicListing.TopicState;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream topics}: what the cluster holds, and the topics that a pipeline needs. */
@Command(
    name = "topics",
    description = "The topics of Radstream: what they hold, and how they do.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TopicsCommand.ListTopics.class,
      TopicsCommand.CreateTopics.class,
      TopicsDescribeCommand.class,
      TopicsLagCommand.class,
      TopicsPeekCommand.class,
      TopicsRedriveCommand.class
    })
final class TopicsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: list, create, describe, lag, peek or redrive");
  }

  @Command(
      name = "list",
      description = {
        "Show partitions, offsets and retention of each topic.",
        "Transactions use offsets for their own marks, and compaction leaves gaps: a topic has as"
            + " many records as offsets, or fewer."
      },
      footer = {
        "",
        "Example:",
        "  radstream topics list \\",
        "      --bootstrap localhost:9092 --registry http://localhost:8081"
      })
  static final class ListTopics implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ConnectionOptions connectionOptions;
    @Mixin private JsonSummary summary;

    @Override
    public Integer call() throws IOException, InterruptedException {
      KafkaConnection connection = connectionOptions.connection();
      List<TopicState> topics =
          BrokerQuestion.ask(
              connection, admin -> new TopicListing(admin, connection.topics()).read());
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "%-24s %10s %10s  %-12s %s%n", "TOPIC", "PARTITIONS", "OFFSETS", "KEPT", "FROM-TO");
      String creation = connection.topics().creation();
      topics.forEach(topic -> out.println(line(topic, creation)));
      out.flush();
      summary.print(new Topics(topics));
      return Radstream.DONE;
    }

    private static String line(TopicState topic, String creation) {
      if (!topic.exists()) {
        return "%-24s missing: %s".formatted(topic.topic(), creation);
      }
      String offsets =
          topic.offsets().stream()
              .map(offset -> offset.begin() + "-" + offset.end())
              .collect(Collectors.joining(" "));
      return "%-24s %10d %10d  %-12s %s"
          .formatted(
              topic.topic(),
              topic.offsets().size(),
              topic.count(),
              kept(topic.retentionMs()),
              offsets);
    }

    private static String kept(long retentionMs) {
      if (retentionMs < 0) {
        return "for ever";
      }
      Duration retention = Duration.ofMillis(retentionMs);
      return retention.toDays() > 0 ? retention.toDays() + " days" : retention.toHours() + " h";
    }

    private record Topics(List<TopicState> topics) {}
  }

  @Command(
      name = "create",
      description = "Create the topics that are missing, and register the schemas.",
      footer = {
        "",
        "Example:",
        "  radstream topics create --partitions 12 --kafka-config client.properties"
      })
  static final class CreateTopics implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ConnectionOptions connectionOptions;
    @Mixin private JsonSummary summary;

    @Option(
        names = "--partitions",
        defaultValue = "4",
        description =
            "Partitions of each topic that is missing (default: ${DEFAULT-VALUE}). Existing topics"
                + " stay as they are.")
    private int partitions;

    @Override
    public Integer call() throws IOException, InterruptedException {
      if (partitions < 1) {
        throw new ParameterException(spec.commandLine(), "--partitions: must be at least 1");
      }
      List<String> created = new TopicSetup(connectionOptions.connection()).create(partitions);
      PrintWriter out = spec.commandLine().getOut();
      created.forEach(topic -> out.println("created " + topic));
      if (created.isEmpty()) {
        out.println("nothing to create: all topics exist");
      }
      out.flush();
      summary.print(new Created(created));
      return Radstream.DONE;
    }

    private record Created(List<String> created) {}
  }
}
