package io.radstream.cli;

import io.radstream.checkpoints.Checkpoint;
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
import java.util.ArrayList;
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
          + " augmentation; Adam at 1e-4 for a convolutional network. Reads studies with labels"
          + " alone. Validation tells the area under the ROC curve (AUC) of each finding, and its"
          + " mean which checkpoint is the best. The same command goes on where it was stopped."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream finetune --checkpoint checkpoints/chest/000300000 \\",
      "      --findings effusion,cardiomegaly --steps 2000",
      "  radstream finetune --checkpoint checkpoints/chest/000300000 \\",
      "      --findings tuberculosis --label-share 0.01 --label-draw 2 --seed 2",
      "  radstream finetune --checkpoint checkpoints/chest/000300000 \\",
      "      --findings effusion --line chest-probe --probe",
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

  @Option(
      names = "--probe",
      description =
          "Short for --set optimizer.freeze.allButHeads=true: only the label head learns, by what"
              + " the checkpoint makes of a study.")
  private boolean probe;

  @Option(
      names = "--freeze",
      paramLabel = "N",
      description =
          "Short for --set optimizer.freeze.radiographLayers=N: the first N blocks of the"
              + " radiograph transformer, and its embeddings, do not learn.")
  private Optional<Integer> freeze;

  @Option(
      names = "--label-share",
      paramLabel = "SHARE",
      description =
          "Short for --set labels.share=SHARE: learn from the labels of so many of the patients,"
              + " as 0.01.")
  private Optional<Double> labelShare;

  @Option(
      names = "--label-draw",
      paramLabel = "N",
      description = "Short for --set labels.draw=N: which patients these are.")
  private Optional<Long> labelDraw;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Short for --set seed=N: label head, order and augmentation.")
  private Optional<Long> seed;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Short for --set batch=N: studies of a step.")
  private Optional<Integer> batch;

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
              settings.store(),
              settings.originals(),
              new Beginning.GoOn(),
              device.choice());
    }
    return Radstream.DONE;
  }

  private List<String> shorthands() {
    List<String> given = new ArrayList<>();
    if (probe) {
      given.add("optimizer.freeze.allButHeads=true");
    }
    freeze.ifPresent(layers -> given.add("optimizer.freeze.radiographLayers=" + layers));
    labelShare.ifPresent(share -> given.add("labels.share=" + share));
    labelDraw.ifPresent(draw -> given.add("labels.draw=" + draw));
    seed.ifPresent(number -> given.add("seed=" + number));
    batch.ifPresent(studies -> given.add("batch=" + studies));
    return given;
  }

  private RunConfig config(Checkpoint checkpoint) throws IOException {
    RunConfig pretrained = CheckpointConfig.of(checkpoint);
    try {
      RunConfig paper =
          FineTuning.of(
              pretrained, directory, findings, line.orElse(pretrained.line() + "-finetuned"));
      return settings.over(paper, shorthands());
    } catch (InvalidConfigException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
