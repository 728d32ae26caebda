package io.radstream.cli;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.config.InvalidConfigException;
import io.radstream.trainer.figures.RecordedFigures;
import io.radstream.trainer.replay.Replay;
import io.radstream.trainer.replay.ReplayRequest;
import io.radstream.trainer.replay.ReplaySummary;
import io.radstream.trainer.replay.RestagedSource;
import io.radstream.trainer.replay.Restaging;
import io.radstream.trainer.run.Surroundings;
import io.radstream.trainer.traits.Exclusion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream replay}: a run's steps again, from the topics. */
@Command(
    name = "replay",
    subcommands = ReplayScoresCommand.class,
    description = {
      "Take the steps of a run again, from the topics alone, and compare each with the ledger.",
      "",
      "Nothing is written. The replay stops at the first step that differs and says in what: data,"
          + " seed, config or arithmetic. It ends with exit code 0 where every bit was the same, or"
          + " where --set or --without asked for something else; with 1 where --without left nothing"
          + " out.",
      "",
      "Where --without leaves studies out, or with --validate, it is measured where the run was, and"
          + " both figures are told.",
      "",
      "Scores are had again by 'radstream replay scores'.",
      "",
      "The studies are read where the run read them. Where they were staged again, in place or"
          + " elsewhere, they are at other offsets: --sources finds them by their rank among the"
          + " records of their partition."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream replay --run tiny-20260101T120000.000Z",
      "  radstream replay --run tiny-20260101T120000.000Z --until 500 --workers 4",
      "  radstream replay --run tiny-20260101T120000.000Z \\",
      "      --from-checkpoint checkpoints/tiny/000000450",
      "  radstream replay --run tiny-20260101T120000.000Z --sources",
      "  radstream replay --run tiny-20260101T120000.000Z --sources again.",
      "  radstream replay --run two-20260101T120000.000Z \\",
      "      --sources north=again. --sources south=south.,south.properties",
      "  radstream replay --run tiny-20260101T120000.000Z --set optimizer.momentum=0.8",
      "  radstream replay --run tiny-20260101T120000.000Z --without site=north"
    })
final class ReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary json;
  @Mixin private DeviceOption device;

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "Run, as the train command and each checkpoint's state.json name it.")
  private Optional<String> run;

  @Option(names = "--until", paramLabel = "STEP", description = "Last step to take again.")
  private Optional<Long> until;

  @Option(
      names = "--from-checkpoint",
      paramLabel = "DIR",
      description = "Set in at this checkpoint of the run, or the one that it began from.")
  private Optional<Path> checkpoint;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "checkpoints",
      description =
          "Where the checkpoint is looked for that the run began from (default: ${DEFAULT-VALUE}).")
  private CheckpointStore store;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "What would have been with another setting. Repeatable.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--sources",
      paramLabel = "[NAME=]PREFIX[,FILE]",
      arity = "0..1",
      fallbackValue = "",
      description = {
        "Read studies that were staged again, by rank and not by offset: without a value from the"
            + " topics that the run names, with one from those with this prefix, of source NAME"
            + " where the run read several, of the cluster that the properties FILE names (as"
            + " sources.kafkaConfig) where it is another than the ledger's. Repeatable. The topics"
            + " have as many partitions as the run read. A run that an older version began has no"
            + " ranks."
      })
  private List<String> sources;

  @Mixin private WithoutOption without;
  @Mixin private OriginalsOption originals;

  @Option(
      names = "--validate",
      description = "Measure where the run did, and tell both figures; not with --sources.")
  private boolean validate;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads that decode and augment; the bits do not depend on it.")
  private Optional<Integer> workers;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String runId =
        run.orElseThrow(
            () ->
                new ParameterException(spec.commandLine(), "Missing required option: '--run=ID'"));
    List<Exclusion> exclusions = without.exclusions();
    boolean examined = sources == null && (validate || !exclusions.isEmpty());
    KafkaConnection connection = connectionOptions.connection();
    ReplayedFigures figures =
        new ReplayedFigures(
            spec.commandLine().getErr(),
            examined
                ? Optional.of(RecordedFigures.read(KafkaClients.of(connection), connection, runId))
                : Optional.empty());
    ReplayProgress progress = new ReplayProgress(spec.commandLine().getErr(), figures);
    Replay replay =
        new Replay(
            new Surroundings(connection, store, device.choice(), Clock.systemUTC())
                .withOriginals(originals.objects()),
            new ReplayRequest(
                runId, until, checkpoint, settings, restaging(), exclusions, examined, workers),
            progress);
    List<ReplaySummary> summaries = new ArrayList<>();
    try {
      GracefulStop.during(
          () -> {
            ReplaySummary summary = replay.run();
            // The summary is part of what must not be cut off.
            progress.end(summary);
            json.print(flat(summary, figures));
            summaries.add(summary);
          },
          replay::requestStop);
    } catch (InvalidConfigException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    return exitCode(summaries.get(0));
  }

  /** A name that is misspelt must not be taken for one that made no difference. */
  private int exitCode(ReplaySummary summary) {
    boolean nothing = !without.exclusions().isEmpty() && summary.leftOut() == 0;
    if (nothing) {
      spec.commandLine()
          .getErr()
          .println("Nothing was left out: no study that these steps read answers to --without");
    }
    return summary.difference().isEmpty() && !nothing ? Radstream.DONE : Radstream.FAILED;
  }

  private Optional<Restaging> restaging() {
    return Optional.ofNullable(sources)
        .map(
            given ->
                new Restaging(
                    given.stream()
                        .filter(source -> !source.isEmpty())
                        .map(RestagedSource::of)
                        .toList()));
  }

  private static Map<String, Object> flat(ReplaySummary summary, ReplayedFigures figures) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("run_id", summary.runId());
    values.put("line", summary.line());
    values.put("steps", summary.steps());
    values.put("passed_over", summary.passedOver());
    values.put("left_out", summary.leftOut());
    values.put("step", summary.step());
    values.put("identical", summary.identical());
    values.put("counterfactual", summary.counterfactual());
    values.put("difference", summary.difference().orElse(null));
    values.put("weights_sha256", summary.weightsDigest());
    values.put("figures", figures.values());
    values.put("seconds", summary.seconds());
    return values;
  }
}
