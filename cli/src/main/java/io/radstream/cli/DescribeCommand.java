package io.radstream.cli;

import io.radstream.cli.card.CardReader;
import io.radstream.cli.card.CardText;
import io.radstream.cli.card.DataCard;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.OffsetRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code radstream describe}: a data card. */
@Command(
    name = "describe",
    description = {
      "Tell what the studies of a topic are like, in counts: a data card.",
      "",
      "Patients, views, projections, sizes, languages and lengths of reports, labels, what was"
          + " rejected and withdrawn. Names no study, no patient and no day; counts of few are left"
          + " out."
    },
    footer = {
      "",
      "Examples:",
      "  radstream describe studies",
      "  radstream describe tuples.train --out data-card.md",
      "  radstream describe tuples.train --offsets 0:0-5000,1:0-5000 --json",
    })
final class DescribeCommand implements Callable<Integer> {

  private static final Set<Topic> TOPICS =
      Set.of(Topic.STUDIES, Topic.TUPLES_TRAIN, Topic.TUPLES_VALIDATION);

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary json;

  @Parameters(
      paramLabel = "TOPIC",
      converter = TopicChoice.class,
      description = "studies, tuples.train or tuples.validation.")
  private Topic topic;

  @Option(
      names = "--offsets",
      paramLabel = "PARTITION:FROM-TO",
      split = ",",
      converter = RangeConverter.class,
      description =
          "Which of its records, the last one exclusive; the topic has to hold it (default: all"
              + " that it holds).")
  private List<OffsetRange> ranges = List.of();

  @Option(
      names = "--min-cell",
      paramLabel = "N",
      defaultValue = "5",
      description = "Counts of fewer are not told (default: ${DEFAULT-VALUE}).")
  private int minCell;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write it to a new file, as Markdown, instead of printing it.")
  private Optional<Path> file = Optional.empty();

  @Override
  public Integer call() throws IOException {
    if (!TOPICS.contains(topic)) {
      throw usage("TOPIC: studies, tuples.train or tuples.validation");
    }
    if (minCell < 1) {
      throw usage("--min-cell: at least 1 is needed");
    }
    DataCard card = new CardReader(connectionOptions.connection(), minCell).read(topic, ranges);
    String text = new CardText(card).markdown();
    PrintWriter out = spec.commandLine().getOut();
    if (file.isPresent()) {
      Files.writeString(file.get(), text, StandardOpenOption.CREATE_NEW);
      out.println("written to " + file.get());
    } else {
      out.print(text);
    }
    out.flush();
    json.print(card);
    return Radstream.DONE;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
