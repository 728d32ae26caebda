package io.radstream.cli;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.trainer.bisect.Bisect;
import io.radstream.trainer.bisect.BisectOutcome;
import io.radstream.trainer.bisect.BisectRequest;
import io.radstream.trainer.bisect.JudgedFigure;
import io.radstream.trainer.bisect.StoppedException;
import io.radstream.trainer.bisect.Turn;
import io.radstream.trainer.run.Surroundings;
import io.radstream.trainer.traits.StudyTraits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream bisect}: which studies a figure turned bad by. */
@Command(
    name = "bisect",
    description = {
      "Find by which studies a figure of a run turned bad.",
      "",
      "Between a step where a figure of validation was good and a later one where it was bad, the"
          + " steps are taken again from the nearest checkpoint, and the figure is measured where"
          + " the run did not, until it is known between which steps it turned. Then the studies"
          + " that were read there are compared with those before, and groups of them (site,"
          + " source, projection, size of a view, day) with each other: how many there are, their"
          + " own loss under the weights of before, how much their pictures look like others,"
          + " brightness, contrast, length of the report."
          + " Each comparison tells how likely as much is by chance, corrected for all of them.",
      "",
      "Nothing is written to the topics. The summary names no study; --studies-out does. Exit code"
          + " 1 where --confirm shows that what is suspected was not it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream bisect --line chest --good 4000 --bad 5200 --figure validation_loss",
      "  radstream bisect --line chest --good 4000 --bad 5200 \\",
      "      --figure auc:effusion --below 0.85 --confirm",
      "  radstream bisect --line chest --good 4000 --bad 5200 \\",
      "      --figure validation_loss --within 20 --keep bisect --json",
      "  radstream bisect --line chest --good 4000 --bad 5200 \\",
      "      --figure gate --panel panel/panel.jsonl"
    })
final class BisectCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private OriginalsOption originals;
  @Mixin private JsonSummary json;
  @Mixin private DeviceOption device;
  @Mixin private BisectFigure figure;

  @Option(names = "--line", required = true, paramLabel = "NAME", description = "Model line.")
  private String line;

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "Run of the line (default: the newest that began before the good step).")
  private Optional<String> run;

  @Option(
      names = "--good",
      required = true,
      paramLabel = "STEP",
      description = "A step at which the figure was good.")
  private long good;

  @Option(
      names = "--bad",
      required = true,
      paramLabel = "STEP",
      description = "A later step of the same run, at which it was bad.")
  private long bad;

  @Option(
      names = "--within",
      paramLabel = "STEPS",
      defaultValue = "1",
      description =
          "How far either end of the steps found may be off; each time as wide saves a replay"
              + " or so (default: ${DEFAULT-VALUE}).")
  private long within;

  @Option(
      names = "--confirm",
      description =
          "Take the steps once more without the group that stands out most, and tell whether the"
              + " figure stays good.")
  private boolean confirm;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "checkpoints",
      description = "Where the trainer keeps checkpoints (default: ${DEFAULT-VALUE}).")
  private CheckpointStore store;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep what was measured here, and go on with what is there.")
  private Optional<Path> keep;

  @Option(
      names = "--studies-out",
      paramLabel = "FILE",
      description =
          "Write the pseudonyms of the studies that were read when it turned to a file, one a line,"
              + " as --without studies=FILE takes them.")
  private Optional<Path> studiesOut;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Surroundings at =
        new Surroundings(connectionOptions.connection(), store, device.choice(), Clock.systemUTC())
            .withOriginals(originals.objects());
    try (BisectFigure.Measured measured = figure.measured(at, line, good)) {
      BisectRequest request = request(measured.figure());
      Bisect bisect =
          new Bisect(
              at, request, measured.meter(), new BisectProgress(spec.commandLine().getErr()));
      int[] exit = {Radstream.FAILED};
      GracefulStop.during(() -> exit[0] = find(bisect, request), bisect::requestStop);
      return exit[0];
    }
  }

  private int find(Bisect bisect, BisectRequest request) throws IOException, InterruptedException {
    try {
      BisectOutcome outcome = bisect.find();
      new BisectReport(request, outcome).print(spec.commandLine().getOut());
      if (studiesOut.isPresent()) {
        Files.write(
            studiesOut.get(),
            outcome.studies().values().stream().map(StudyTraits::studyId).sorted().toList());
      }
      json.print(new BisectSummary(request, outcome).values());
      return outcome.confirmation().map(BisectOutcome.Confirmation::good).orElse(true)
          ? Radstream.DONE
          : Radstream.FAILED;
    } catch (StoppedException e) {
      spec.commandLine()
          .getErr()
          .println("Ended early" + keep.map(to -> ": go on with the same --keep").orElse(""));
      return Radstream.FAILED;
    }
  }

  private BisectRequest request(JudgedFigure judged) {
    try {
      return new BisectRequest(line, run, new Turn(good, bad), judged, within, confirm, keep);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
