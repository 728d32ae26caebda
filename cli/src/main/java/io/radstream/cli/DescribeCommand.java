package io.radstream.cli;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.cli.card.CardReader;
import io.radstream.cli.card.CardText;
import io.radstream.cli.card.CheckpointCard;
import io.radstream.cli.card.CheckpointCardReader;
import io.radstream.cli.card.CheckpointCardText;
import io.radstream.cli.card.DataCard;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.OffsetRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
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

/** {@code radstream describe}: a data card, or the card of a checkpoint. */
@Command(
    name = "describe",
    description = {
      "Tell what the studies of a topic are like, in counts: a data card. Or what is to be known of"
          + " a checkpoint before it is used: a model card.",
      "",
      "Patients, views, projections, sizes, languages and lengths of reports, labels, what was"
          + " rejected and withdrawn, and on which terms known collections are given. Names no"
          + " study, no patient and no day of theirs; counts of few are left out.",
      "",
      "Of a checkpoint (--checkpoint): what it is, a data card of what its run may read, all"
          + " evaluations that are recorded of its weights, with intervals, and limits of use."
    },
    footer = {
      "",
      "Examples:",
      "  radstream describe studies",
      "  radstream describe tuples.train --out data-card.md",
      "  radstream describe tuples.train --offsets 0:0-5000,1:0-5000 --json",
      "  radstream describe --checkpoint checkpoints/nih/000003000 --out model-card.md",
    })
final class DescribeCommand implements Callable<Integer> {

  private static final Set<Topic> TOPICS =
      Set.of(Topic.STUDIES, Topic.TUPLES_TRAIN, Topic.TUPLES_VALIDATION);

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary json;

  @Parameters(
      paramLabel = "TOPIC",
      arity = "0..1",
      converter = TopicChoice.class,
      description = "studies, tuples.train or tuples.validation.")
  private Optional<Topic> topic = Optional.empty();

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "A checkpoint's directory in the trainer's store, in place of a topic.")
  private Optional<Path> checkpoint = Optional.empty();

  @Option(
      names = "--evaluated-under",
      paramLabel = "PREFIX",
      description =
          "With --checkpoint: take evaluations from the topics with this prefix, too, where a test"
              + " has its own. Repeatable.")
  private List<String> evaluated = new ArrayList<>();

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
    if (minCell < 1) {
      throw usage("--min-cell: at least 1 is needed");
    }
    if (checkpoint.isPresent()) {
      describe(checkpoint.get());
    } else {
      describe(topic.filter(TOPICS::contains).orElseThrow(this::noTopic));
    }
    return Radstream.DONE;
  }

  private void describe(Topic studies) throws IOException {
    if (!evaluated.isEmpty()) {
      throw usage("--evaluated-under belongs to --checkpoint");
    }
    DataCard card = new CardReader(connectionOptions.connection(), minCell).read(studies, ranges);
    write(new CardText(card).markdown());
    json.print(card);
  }

  private void describe(Path directory) throws IOException {
    if (topic.isPresent() || !ranges.isEmpty()) {
      throw usage("--checkpoint tells which topic and offsets: leave out TOPIC and --offsets");
    }
    CheckpointCard card =
        new CheckpointCardReader(connectionOptions.connection(), evaluated, minCell)
            .read(Checkpoint.read(directory));
    write(new CheckpointCardText(card).markdown());
    json.print(card);
  }

  private void write(String text) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (file.isPresent()) {
      Files.writeString(file.get(), text, StandardOpenOption.CREATE_NEW);
      out.println("written to " + file.get());
    } else {
      out.print(text);
    }
    out.flush();
  }

  private ParameterException noTopic() {
    return usage("TOPIC: studies, tuples.train or tuples.validation; or --checkpoint");
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
