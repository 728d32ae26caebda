package io.radstream.cli;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.cli.traces.TraceExport;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.trainer.checkpoint.CheckpointConfig;
import io.radstream.trainer.config.FineTuning;
import io.radstream.trainer.config.InvalidConfigException;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.run.Beginning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream finetune}: a checkpoint and labels to a network that tells findings. */
@Command(
    name = "finetune",
    description = {
      "Teach a pre-trained network to tell findings, from the labels topic.",
      "",
      "Sets out from every weight of the checkpoint but a new label head; the paper's settings:"
          + " SGD at 3e-3, batches of 128, cross entropy for each finding, the pre-training's"
          + " augmentation. Validation tells the area under the ROC curve (AUC) of each finding."
          + " The same command goes on where it was stopped."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream finetune --checkpoint checkpoints/chest/000300000 \\",
      "      --findings effusion,cardiomegaly --steps 2000",
      "  radstream finetune --checkpoint checkpoints/chest/000300000 \\",
      "      --findings effusion --line chest-effusion \\",
      "      --set batch=32 --set schedule.radiographRate=1e-3"
    })
final class FineTuneCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary json;
  @Mixin private DeviceOption device;
  @Mixin private TraceOptions traces;
  @Mixin private RunSettings settings;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      required = true,
      description = "Directory of the checkpoint to set out from.")
  private Path directory;

  @Option(
      names = "--findings",
      paramLabel = "NAME",
      required = true,
      split = ",",
      description = "Findings to learn, as the labels topic names them.")
  private List<String> findings;

  @Option(
      names = "--line",
      paramLabel = "NAME",
      description = "Model line of the new network (default: the checkpoint's, and -finetuned).")
  private Optional<String> line;

  @Override
  public Integer call() throws IOException, InterruptedException {
    KafkaConnection connection = connectionOptions.connection();
    Checkpoint checkpoint = Checkpoint.read(directory);
    RunConfig config = config(checkpoint);
    try (TraceExport export = traces.open("finetune");
        ReportTokenizers tokenizers = checkpoint.tokenizers()) {
      new TrainingSession(spec.commandLine().getErr(), json, export)
          .run(
              connection,
              config,
              tokenizers,
              new CheckpointStore(settings.store()),
              new Beginning.GoOn(),
              device.choice());
    }
    return Radstream.DONE;
  }

  private RunConfig config(Checkpoint checkpoint) throws IOException {
    RunConfig pretrained = CheckpointConfig.of(checkpoint);
    try {
      RunConfig paper =
          FineTuning.of(
              pretrained, directory, findings, line.orElse(pretrained.line() + "-finetuned"));
      return settings.over(paper, List.of());
    } catch (InvalidConfigException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
