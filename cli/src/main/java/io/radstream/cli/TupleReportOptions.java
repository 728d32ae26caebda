package io.radstream.cli;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.cli.reports.CheckpointPen;
import io.radstream.cli.reports.TupleReports;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.UnreadableTopicException;
import io.radstream.serving.pictures.PictureReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: reports that a checkpoint writes of tuples, beside those that the tuples have. */
final class TupleReportOptions {

  private static final Set<Topic> TOPICS = Set.of(Topic.TUPLES_TRAIN, Topic.TUPLES_VALIDATION);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private BeamOptions beams;
  @Mixin private OriginalsOption originals;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "A checkpoint in the trainer's store that writes, in place of two files.")
  private Optional<Path> directory;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      defaultValue = "tuples.validation",
      converter = TopicChoice.class,
      description =
          "Of its studies: tuples.validation or tuples.train, from which checkpoints learn"
              + " (default: ${DEFAULT-VALUE}).")
  private Topic topic;

  @Option(
      names = "--offsets",
      paramLabel = "PARTITION:FROM-TO",
      split = ",",
      converter = RangeConverter.class,
      description =
          "Which of them, the last one exclusive; the topic has to hold it (default: all that it"
              + " holds).")
  private List<OffsetRange> ranges = List.of();

  boolean isGiven() {
    return directory.isPresent();
  }

  /** Which topic may be read, and that a checkpoint is there to read it. */
  void check() {
    if (!TOPICS.contains(topic)) {
      throw usage("--topic: tuples.validation or tuples.train");
    }
    if (!isGiven() && !ranges.isEmpty()) {
      throw usage("--offsets are read with --checkpoint");
    }
  }

  /**
   * @param stopped whether to give up
   * @throws java.util.concurrent.CancellationException where it was stopped
   */
  TupleReports.Outcome write(
      KafkaConnection connection, DeviceChoice device, BooleanSupplier stopped) throws IOException {
    Checkpoint checkpoint = Checkpoint.read(directory.orElseThrow());
    checkpoint.verify();
    ComputeDevice found = device.start(Runtime.getRuntime().availableProcessors());
    try (CheckpointPen pen = open(checkpoint, found);
        WritingProgress progress = new WritingProgress()) {
      return new TupleReports(connection, topic, pen, stopped).write(ranges, progress);
    } catch (UnreadableTopicException e) {
      throw ranges.isEmpty()
          ? e
          : new ParameterException(spec.commandLine(), "--offsets: " + e.getMessage(), e);
    }
  }

  private CheckpointPen open(Checkpoint checkpoint, ComputeDevice on) throws IOException {
    try {
      return CheckpointPen.open(
          checkpoint, on, beams.writing(), new PictureReader(originals.objects()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
