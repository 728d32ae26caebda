package io.radstream.cli;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.serving.calibration.CheckpointCalibrator;
import io.radstream.serving.calibration.KnownStudies;
import io.radstream.serving.calibration.TrainingTuples;
import io.radstream.serving.panel.Panel;
import io.radstream.serving.score.PromptSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream calibrate}: from labelled studies to how scores are to be read. */
@Command(
    name = "calibrate",
    description = {
      "Measure on labelled studies how the scores of a checkpoint are to be read.",
      "",
      "Writes calibration.json beside the checkpoint's files: for each finding a function from what"
          + " the network says to how often that was true, fitted on one part of the patients and"
          + " judged on the others; and familiar.safetensors: vectors of studies that the network"
          + " learned from, by which a study of another kind is told. A running service takes both"
          + " up within a minute. The panel must not have been trained on."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream calibrate --line chest --panel panel.jsonl \\",
      "      --kafka-config client.properties",
      "  radstream calibrate --checkpoint checkpoints/chest/000012000 \\",
      "      --panel panel.jsonl --prompts prompts.yaml --familiar 0",
      "  radstream calibrate --follow --line chest --panel-offsets 0:1200-3400 \\",
      "      --kafka-config client.properties"
    })
final class CalibrateCommand implements Callable<Integer> {

  /** A bank of more would not be read again. */
  private static final int MOST_KNOWN = 4096;

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary summary;
  @Mixin private DeviceOption device;
  @Mixin private PanelOptions panels;
  @Mixin private OriginalsOption originals;
  @Mixin private PromptsOption prompts;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "A checkpoint's directory in the trainer's store (default: newest of --line).")
  private Optional<Path> directory;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "checkpoints",
      description = "Where the trainer keeps checkpoints (default: ${DEFAULT-VALUE}).")
  private CheckpointStore store;

  @Option(
      names = "--line",
      paramLabel = "NAME",
      description =
          "Model line whose newest checkpoint is calibrated; with --follow the only one that is"
              + " followed (default: all).")
  private Optional<String> line;

  @Option(
      names = "--follow",
      description =
          "Calibrate the newest checkpoint of each line, and each that is announced, until stopped;"
              + " where they come too fast, the newest.")
  private boolean follow;

  @Option(
      names = "--familiar",
      paramLabel = "N",
      defaultValue = "512",
      description =
          "Studies drawn from tuples.train, by which a study of another kind is told; 0 for none"
              + " (default: ${DEFAULT-VALUE}).")
  private int familiar;

  @Option(
      names = "--familiar-offsets",
      paramLabel = "PARTITION:FROM-TO",
      split = ",",
      converter = RangeConverter.class,
      description = "Offsets they are drawn from, the last one exclusive (default: all).")
  private List<OffsetRange> offsets = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    Optional<Checkpoint> one = follow ? Optional.empty() : Optional.of(checkpoint());
    PromptSet sentences = prompts.set();
    KnownStudies known =
        familiar == 0
            ? KnownStudies.NONE
            : new TrainingTuples(connectionOptions.connection(), offsets, familiar);
    Panel panel = panels.read(connectionOptions::connection, originals.objects(), "a calibration");
    ComputeDevice found = device.choice().start(Runtime.getRuntime().availableProcessors());
    CheckpointCalibrator calibrator =
        new CheckpointCalibrator(panel, sentences, known, found, Clock.systemUTC());
    try (CalibrationProgress progress = new CalibrationProgress()) {
      if (one.isPresent()) {
        GracefulStop.during(() -> calibrate(calibrator, one.get(), progress), progress::stop);
      } else {
        new FollowedCalibrations(spec.commandLine(), summary, progress)
            .run(connectionOptions.connection(), store, line, calibrator);
      }
    }
    return Radstream.DONE;
  }

  private void check() {
    if (familiar < 0 || familiar > MOST_KNOWN) {
      throw usage("--familiar is from 0 to " + MOST_KNOWN + ", not " + familiar);
    }
    if (follow && directory.isPresent()) {
      throw usage("--follow calibrates what is announced: leave out --checkpoint");
    }
    if (!follow && directory.isEmpty() && line.isEmpty()) {
      throw usage("name what to calibrate: --checkpoint, --line or --follow");
    }
  }

  private Checkpoint checkpoint() throws IOException {
    if (directory.isPresent()) {
      return Checkpoint.read(directory.get());
    }
    List<Checkpoint> all = store.list(line.orElseThrow());
    if (all.isEmpty()) {
      throw new IOException(
          "there is no checkpoint of line %s in %s".formatted(line.orElseThrow(), store));
    }
    return store.load(line.orElseThrow(), all.get(all.size() - 1).state().step());
  }

  private void calibrate(
      CheckpointCalibrator calibrator, Checkpoint checkpoint, CalibrationProgress progress)
      throws IOException {
    try {
      CheckpointCalibrator.Written written = calibrator.calibrate(checkpoint, progress);
      if (directory.isEmpty()) {
        store.putCalibration(checkpoint);
      }
      progress.close();
      CalibrationTable.print(written, spec.commandLine().getOut());
      summary.print(CalibrationReport.of(written));
    } catch (CancellationException e) {
      spec.commandLine().getErr().println("Stopped; nothing was written.");
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
