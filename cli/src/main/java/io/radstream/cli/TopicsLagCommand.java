package io.radstream.cli;

import io.radstream.cli.topics.GroupLag;
import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code radstream topics lag}: how far consumer groups are behind. */
@Command(
    name = "lag",
    description = {
      "Show how far each consumer group is behind, as the stream stage.",
      "A trainer has no group: its lag stands in training.metrics."
    },
    footer = {
      "",
      "Example:",
      "  radstream topics lag \\",
      "      --bootstrap localhost:9092 --registry http://localhost:8081"
    })
final class TopicsLagCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary summary;

  private record Lags(long total, List<GroupLag> partitions) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    KafkaConnection connection = connectionOptions.connection();
    List<GroupLag> lags =
        BrokerQuestion.ask(connection, admin -> GroupLag.read(admin, connection.topics()));
    PrintWriter out = spec.commandLine().getOut();
    if (lags.isEmpty()) {
      out.println("no consumer group has read a topic of Radstream");
    } else {
      out.printf(
          "%-28s %-10s %-7s %-20s %9s %10s %10s %8s%n",
          "GROUP", "STATE", "MEMBERS", "TOPIC", "PARTITION", "COMMITTED", "END", "LAG");
    }
    lags.forEach(
        lag ->
            out.printf(
                "%-28s %-10s %-7d %-20s %9d %10d %10d %8d%n",
                lag.group(),
                lag.state(),
                lag.members(),
                lag.topic(),
                lag.partition(),
                lag.committed(),
                lag.end(),
                lag.lag()));
    out.flush();
    summary.print(new Lags(lags.stream().mapToLong(GroupLag::lag).sum(), lags));
    return Radstream.DONE;
  }
}
