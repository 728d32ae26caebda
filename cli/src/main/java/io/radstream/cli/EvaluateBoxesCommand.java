package io.radstream.cli;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.cli.boxes.BoxEvaluation;
import io.radstream.cli.boxes.BoxReport;
import io.radstream.cli.boxes.DrawnPictures;
import io.radstream.cli.boxes.MarkedPicture;
import io.radstream.cli.boxes.Phantoms;
import io.radstream.producers.datasets.BoxTable;
import io.radstream.serving.checkpoint.CheckpointLoader;
import io.radstream.serving.checkpoint.NetworkLoader;
import io.radstream.serving.checkpoint.RefusedCheckpointException;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ScoringModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code radstream evaluate boxes}: maps of a checkpoint beside what readers have drawn. */
@Command(
    name = "boxes",
    description = {
      "Measure how well a checkpoint's maps find what boxes were drawn around.",
      "",
      "For each picture and each finding with a box: whether the highest value lies in a box, and"
          + " the intersection over union of the first region above the threshold with a box;"
          + " beside it the same of the picture's middle. Findings are those that the checkpoint"
          + " scores; of others the boxes are counted and left out."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream evaluate boxes phantoms --checkpoint checkpoints/tiny/000001800",
      "  radstream evaluate boxes nih --checkpoint checkpoints/chest/000012000 \\",
      "      --boxes BBox_List_2017.csv --images images --prompts prompts.yaml",
      "  radstream evaluate boxes vinbigdata --checkpoint checkpoints/chest/000012000 \\",
      "      --boxes train.csv --images train --prompts prompts.yaml --json"
    })
final class EvaluateBoxesCommand implements Callable<Integer> {

  private enum Source {
    PHANTOMS,
    NIH,
    VINBIGDATA
  }

  @Spec private CommandSpec spec;
  @Mixin private JsonSummary summary;
  @Mixin private DeviceOption device;
  @Mixin private PromptsOption prompts;

  @Parameters(
      paramLabel = "SOURCE",
      description = "Where boxes and pictures come from: ${COMPLETION-CANDIDATES}.")
  private Source source;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      required = true,
      description = "A checkpoint's directory in the trainer's store.")
  private Path directory;

  @Option(
      names = "--boxes",
      paramLabel = "FILE",
      description = "The table of boxes, as published; not for phantoms.")
  private Optional<Path> boxes;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description =
          "The pictures of the table, PNG or JPEG in their published size; not for phantoms.")
  private Optional<Path> images;

  @Option(
      names = "--studies",
      paramLabel = "N",
      defaultValue = "300",
      description = "How many phantoms are drawn (default: ${DEFAULT-VALUE}).")
  private int studies;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1000003",
      description = "Seed of phantoms; not that of the training (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      defaultValue = "0.2",
      description =
          "Regions are what is above, on each study's scale from 0 to 1 (default:"
              + " ${DEFAULT-VALUE}).")
  private double threshold;

  @Override
  public Integer call() throws IOException {
    check();
    Checkpoint checkpoint = Checkpoint.read(directory);
    checkpoint.verify();
    try (Stream<MarkedPicture> pictures = pictures();
        ScoringModel model = model(checkpoint)) {
      BoxReport report = new BoxEvaluation(model, threshold).of(pictures);
      if (report.rows().isEmpty()) {
        throw new IOException("there is no box of a finding that the checkpoint scores");
      }
      report.print(spec.commandLine().getOut());
      summary.print(report);
    }
    return Radstream.DONE;
  }

  private void check() {
    if (!(threshold >= 0 && threshold < 1)) {
      throw usage("--threshold is from 0 to below 1");
    }
    if (studies < 1) {
      throw usage("--studies is at least 1");
    }
    boolean tables = boxes.isPresent() && images.isPresent();
    if (source == Source.PHANTOMS ? boxes.isPresent() || images.isPresent() : !tables) {
      throw usage("--boxes and --images are needed for nih and vinbigdata, and only there");
    }
  }

  private Stream<MarkedPicture> pictures() throws IOException {
    return source == Source.PHANTOMS
        ? new Phantoms(seed, studies).pictures()
        : DrawnPictures.of(
                new BoxTable(boxes.orElseThrow(), BoxTable.Form.valueOf(source.name())),
                images.orElseThrow())
            .pictures();
  }

  private ScoringModel model(Checkpoint checkpoint) throws IOException {
    try {
      return new CheckpointLoader(
              directory,
              FindingSets.of(prompts.set()),
              NetworkLoader.on(device.choice().start(Runtime.getRuntime().availableProcessors())),
              Clock.systemUTC(),
              false)
          .open(
              checkpoint.files(),
              new ModelIdentity(checkpoint.id(), "", 0, Clock.systemUTC().instant()));
    } catch (RefusedCheckpointException e) {
      throw new IOException("%s cannot be used: %s".formatted(directory, e.getMessage()), e);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
