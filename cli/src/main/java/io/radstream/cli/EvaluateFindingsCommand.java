package io.radstream.cli;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.cli.findings.AgainstReport;
import io.radstream.cli.findings.FindingsReport;
import io.radstream.cli.findings.FindingsTable;
import io.radstream.cli.findings.PredictionsFile;
import io.radstream.cli.findings.ServedFindings;
import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.findings.OperatingRule;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.checkpoint.CheckpointConfig;
import io.radstream.trainer.kafka.RunSources;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.testing.EvaluationRequest;
import io.radstream.trainer.testing.FindingsEvaluation;
import io.radstream.trainer.testing.FindingsEvaluator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code radstream evaluate findings}: a checkpoint on labelled studies that were held out. */
@Command(
    name = "findings",
    description = {
      "Measure how well a checkpoint tells the findings of held-out studies.",
      "",
      "Findings are told by the label head; zero-shot by the sentences of --prompts, where they are"
          + " given or the checkpoint has no label head. Probabilities are not calibrated.",
      "",
      "Studies of a split are scored beside what the topic labels knows of them, but for verdicts"
          + " of readers who saw a score. For each finding: AUC, average precision, sensitivity and"
          + " specificity at a threshold that the validation gave, Brier score, calibration error;"
          + " with intervals that draw patients. All of it, predictions included, is recorded on"
          + " the topic evaluations before it is told.",
      "",
      "The test is read once for each model line. A second reading needs --again, and is counted."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream evaluate findings --checkpoint checkpoints/nih/000003000 \\",
      "      --csv predictions.csv --kafka-config client.properties",
      "  radstream evaluate findings --checkpoint checkpoints/nih/000003000 \\",
      "      --split test --against checkpoints/scratch/000003000 \\",
      "      --operating-point sensitivity=0.95 --kafka-config client.properties",
      "  radstream evaluate findings --checkpoint checkpoints/mimic/000300000 \\",
      "      --prompts prompts.yaml --kafka-config client.properties"
    })
final class EvaluateFindingsCommand implements Callable<Integer> {

  private static final double LEVEL = 0.95;

  /** Of the studies that are judged on. */
  private enum Split {
    validation(Topic.TUPLES_VALIDATION),
    test(Topic.TUPLES_TEST);

    private final Topic topic;

    Split(Topic topic) {
      this.topic = topic;
    }
  }

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private OriginalsOption originals;
  @Mixin private JsonSummary summary;
  @Mixin private DeviceOption device;
  @Mixin private PromptsOption prompts;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      required = true,
      description = "A checkpoint's directory in the trainer's store.")
  private Path directory;

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description =
          "Another one, compared on the same studies: DeLong's test for each finding, and intervals"
              + " of the differences. Where it was judged on them before, what it said then is"
              + " taken; else it is evaluated, too.")
  private Optional<Path> against;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "validation",
      description = "Whose studies: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Split split;

  @Option(
      names = "--operating-point",
      paramLabel = "RULE",
      defaultValue = "youden",
      converter = RuleConverter.class,
      description =
          "How a threshold is chosen on the studies for validation: youden, sensitivity=X or"
              + " specificity=X (default: ${DEFAULT-VALUE}).")
  private OperatingRule rule;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write the predictions there, a line for each study and finding.")
  private Optional<Path> csv;

  @Option(
      names = "--again",
      description = "Read the test though the checkpoint's line has been judged on it.")
  private boolean again;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "2000",
      description = "How often patients are drawn for the intervals (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of these draws (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rounds < 1) {
      throw new ParameterException(spec.commandLine(), "--rounds is at least 1");
    }
    KafkaConnection connection = connectionOptions.connection();
    Checkpoint checkpoint = Checkpoint.read(directory);
    Optional<Checkpoint> other =
        against.isPresent() ? Optional.of(Checkpoint.read(against.get())) : Optional.empty();
    KafkaClients clients = KafkaClients.of(connection);
    List<SourceTopics> sources =
        RunSources.of(CheckpointConfig.of(checkpoint), clients, connection);
    ComputeDevice found = device.choice().start(Runtime.getRuntime().availableProcessors());
    try (FindingsEvaluator evaluator =
            FindingsEvaluator.open(
                sources,
                split.topic,
                sources,
                clients,
                connection,
                found,
                Clock.systemUTC(),
                originals.objects());
        ScoringProgress progress = new ScoringProgress()) {
      GracefulStop.during(() -> evaluate(evaluator, checkpoint, other, progress), progress::stop);
    }
    return Radstream.DONE;
  }

  private void evaluate(
      FindingsEvaluator evaluator,
      Checkpoint checkpoint,
      Optional<Checkpoint> other,
      ScoringProgress progress)
      throws IOException, InterruptedException {
    EvaluationRequest request =
        new EvaluationRequest(
            checkpoint,
            new ServedFindings(prompts.given()),
            rule,
            new Bootstrap(seed, rounds, LEVEL),
            again);
    try {
      FindingsEvaluation evaluation = evaluator.evaluate(request, progress);
      Optional<AgainstReport> compared =
          other.isPresent()
              ? Optional.of(
                  AgainstReport.of(
                      other.get().id(),
                      evaluator.compare(evaluation, request.of(other.get()), progress)))
              : Optional.empty();
      progress.close();
      if (csv.isPresent()) {
        PredictionsFile.write(csv.get(), evaluation.scored());
      }
      FindingsReport report = FindingsReport.of(evaluation, compared);
      FindingsTable.print(report, spec.commandLine().getOut());
      summary.print(report);
    } catch (CancellationException e) {
      spec.commandLine().getErr().println("Stopped.");
    }
  }

  private static final class RuleConverter implements ITypeConverter<OperatingRule> {

    @Override
    public OperatingRule convert(String text) {
      try {
        return OperatingRule.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
