package io.radstream.cli;

import io.radstream.cli.topics.Redrive;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RejectionReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code radstream topics redrive}: rejected records once more through the stage. */
@Command(
    name = "redrive",
    description = {
      "Send rejected records through the stage again; without --yes, count them.",
      "For after a newer version of Radstream, a mended registry, or other settings of the stage. The"
          + " records are sent as they were. The stage heeds one rejection once."
    },
    footer = {
      "",
      "Examples:",
      "  radstream topics redrive --reason UNKNOWN_SCHEMA",
      "  radstream topics redrive --reason UNDECODABLE_IMAGE --since 2d --yes \\",
      "      --bootstrap localhost:9092 --registry http://localhost:8081"
    })
final class TopicsRedriveCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary summary;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      split = ",",
      description = "Only rejections of these reasons: ${COMPLETION-CANDIDATES} (default: all).")
  private Set<RejectionReason> reasons = Set.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Only rejections of the last TIME, as 2d (default: all).")
  private Optional<Duration> since = Optional.empty();

  @Option(names = "--yes", description = "Send them.")
  private boolean yes;

  @Override
  public Integer call() throws IOException, InterruptedException {
    KafkaConnection connection = connectionOptions.connection();
    Instant from =
        since.map(time -> InstantSource.system().instant().minus(time)).orElse(Instant.EPOCH);
    Redrive.Outcome outcome;
    try {
      outcome = new Redrive(connection).run(new Redrive.Choice(reasons, from), yes);
    } catch (ExecutionException e) {
      throw new IOException("the broker does not take a record: " + e.getCause().getMessage(), e);
    }
    tell(outcome);
    summary.print(outcome);
    return outcome.gone() == 0 ? Radstream.DONE : Radstream.FAILED;
  }

  private void tell(Redrive.Outcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    outcome.chosen().forEach((reason, count) -> out.printf("%8d %s%n", count, reason));
    long all = outcome.chosen().values().stream().mapToLong(Long::longValue).sum();
    if (yes) {
      out.printf("sent %d of %d records again%n", outcome.sent(), all);
    } else {
      out.printf("%d records; --yes sends them again%n", all);
    }
    if (outcome.before() > 0) {
      out.printf("%d had been sent again before, and are not once more%n", outcome.before());
    }
    if (outcome.gone() > 0) {
      out.printf("%d are no longer there%n", outcome.gone());
    }
    if (outcome.unreadable() > 0) {
      out.printf("%d records of the topic cannot be read%n", outcome.unreadable());
    }
    out.flush();
  }
}
