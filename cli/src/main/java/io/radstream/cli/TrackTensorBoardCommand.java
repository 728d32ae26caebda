package io.radstream.cli;

import io.radstream.tracking.tensorboard.TensorBoard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code radstream track tensorboard}: a log directory for TensorBoard. */
@Command(
    name = "tensorboard",
    description = {
      "Write the figures of runs as event files of TensorBoard.",
      "",
      "A folder for each run, <line>/<run>, with all that the topic training.metrics holds of it,"
          + " its settings as text, and the evaluations of its checkpoints. The files are made anew each time; with --follow they then"
          + " grow."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream track tensorboard --log-dir runs --kafka-config client.properties",
      "  radstream track tensorboard --log-dir runs --line chest --follow",
      "  tensorboard --logdir runs"
    })
final class TrackTensorBoardCommand implements Callable<Integer> {

  @Mixin private TrackOptions options;

  @Option(
      names = "--log-dir",
      paramLabel = "DIR",
      required = true,
      description = "TensorBoard's log directory; made where there is none.")
  private Path directory;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return options.run(new TensorBoard(directory));
  }
}
