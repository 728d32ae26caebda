package io.radstream.cli;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import io.radstream.serving.CheckpointBackfill;
import io.radstream.serving.score.FindingSets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream score backfill}: scores what a topic holds with a checkpoint of choice. */
@Command(
    name = "backfill",
    description = {
      "Score studies that came earlier with a checkpoint of choice.",
      "",
      "Reads ranges of a topic and writes scores, each record's once: what a checkpoint has scored"
          + " is passed over, also where it was ended before. Studies that arrive are scored by"
          + " 'radstream score'."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream score backfill --checkpoint checkpoints/chest/000012000 \\",
      "      --offsets 0:0-1200 --kafka-config client.properties",
      "  radstream score backfill --checkpoint checkpoints/chest/000012000 \\",
      "      --topic studies.views --offsets 0:0-300,1:0-280 --prompts night.yaml"
    })
final class ScoreBackfillCommand implements Callable<Integer> {

  private static final Set<Topic> TOPICS =
      Set.of(Topic.STUDIES_VIEWS, Topic.TUPLES_TRAIN, Topic.TUPLES_VALIDATION);

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary summary;
  @Mixin private DeviceOption device;
  @Mixin private PromptsOption prompts;
  @Mixin private OriginalsOption originals;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      required = true,
      description = "A checkpoint's directory in the trainer's store.")
  private Path directory;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      defaultValue = "tuples.validation",
      converter = TopicChoice.class,
      description =
          "Of the studies: studies.views, tuples.train or tuples.validation (default:"
              + " ${DEFAULT-VALUE}).")
  private Topic topic;

  @Option(
      names = "--offsets",
      paramLabel = "PARTITION:FROM-TO",
      required = true,
      split = ",",
      converter = RangeConverter.class,
      description = "What to score of it, the last one exclusive; the topic has to hold it.")
  private List<OffsetRange> ranges;

  private volatile boolean stopped;

  private record Report(String checkpointId, long scored, long refused, boolean complete) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!TOPICS.contains(topic)) {
      throw new ParameterException(
          spec.commandLine(), "--topic: studies.views, tuples.train or tuples.validation");
    }
    KafkaConnection connection = connectionOptions.connection();
    FindingSets findings = FindingSets.of(prompts.set());
    Checkpoint checkpoint = Checkpoint.read(directory);
    checkpoint.verify();
    requireHeld(connection);
    ComputeDevice found = device.choice().start(Runtime.getRuntime().availableProcessors());
    CheckpointBackfill backfill =
        new CheckpointBackfill(
            connection, checkpoint, findings, originals.objects(), found, Clock.systemUTC());
    BackfillProgress progress = new BackfillProgress();
    GracefulStop.during(
        () -> {
          boolean complete = backfill.run(topic, ranges, () -> stopped, progress);
          progress.close();
          spec.commandLine().getOut().println(text(checkpoint, progress, complete));
          summary.print(
              new Report(checkpoint.id(), progress.scored(), progress.refused(), complete));
        },
        () -> stopped = true);
    return Radstream.DONE;
  }

  private static String text(Checkpoint checkpoint, BackfillProgress progress, boolean complete) {
    if (progress.isNothingLeft()) {
      return "All of it was scored by %s before".formatted(checkpoint.id());
    }
    return "%s by %s: %d scored, %d that could not be%s"
        .formatted(
            complete ? "Scored" : "Ended early",
            checkpoint.id(),
            progress.scored(),
            progress.refused(),
            complete ? "" : "; the same command goes on from here");
  }

  private void requireHeld(KafkaConnection connection) throws IOException {
    try (TopicScan scan =
        new TopicScan(KafkaClients.of(connection).consumer(), connection.topics().of(topic))) {
      scan.requireHeld(ranges);
    } catch (IllegalStateException e) {
      throw new ParameterException(spec.commandLine(), "--offsets: " + e.getMessage(), e);
    }
  }
}
