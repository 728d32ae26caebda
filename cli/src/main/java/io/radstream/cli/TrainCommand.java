package io.radstream.cli;

import com.fasterxml.jackson.databind.node.TextNode;
import io.radstream.model.ModelVariant;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.trainer.checkpoint.CheckpointStore;
import io.radstream.trainer.config.InvalidConfigException;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunPreset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream train}: tuples to checkpoints. */
@Command(
    name = "train",
    description = {
      "Train a network on the tuples; go on from the line's last checkpoint.",
      "",
      "The same settings continue an interrupted run, to the same bits. Other settings, or more"
          + " steps, begin a new run of the line from its weights. SIGTERM and Ctrl-C finish the"
          + " step in hand and write a checkpoint."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream train --tokenizer tokenizer.json --store checkpoints --preset tiny \\",
      "      --bootstrap localhost:9092 --registry http://localhost:8081",
      "  radstream train --tokenizer tokenizer.json --line chest --preset base \\",
      "      --config run.yaml --set batch=64 --set schedule.radiographRate=1e-3",
      "  radstream train --tokenizer tokenizer.json --line chest --preset base --fresh \\",
      "      --init-radiograph vit-base-patch16-224-in21k --init-text Bio_ClinicalBERT",
      "  radstream train --tokenizer tokenizer.json --line chest --fresh --steps 500"
    })
final class TrainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary json;
  @Mixin private RunSettings settings;

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      required = true,
      description = "tokenizer.json that the stage was given.")
  private Path tokenizerFile;

  @Option(
      names = "--encoder-tokenizer",
      paramLabel = "FILE",
      description = "That of the report encoder, where the stage was given one.")
  private Optional<Path> encoderTokenizerFile;

  @Option(
      names = "--line",
      paramLabel = "NAME",
      description =
          "Model line: checkpoints that grow out of each other (default: the preset, and the"
              + " variant unless it is the paper's).")
  private Optional<String> line;

  @Option(
      names = "--fresh",
      description = "Begin anew; where the line exists, under the name NAME-2, NAME-3, ...")
  private boolean fresh;

  @Option(
      names = "--preset",
      paramLabel = "PRESET",
      defaultValue = "TINY",
      description = "Settings to start from: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private RunPreset preset;

  @Option(
      names = "--variant",
      paramLabel = "VARIANT",
      defaultValue = "PAPER",
      description =
          "Network and optimizer as in the paper, or as in the code that its authors released:"
              + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ModelVariant variant;

  @Option(
      names = "--init-radiograph",
      paramLabel = "DIR",
      description = "Short for --set initial.radiograph=DIR: a public ViT for a new line.")
  private Optional<Path> initialRadiograph;

  @Option(
      names = "--init-text",
      paramLabel = "DIR",
      description = "Short for --set initial.text=DIR: a public BERT for a new line.")
  private Optional<Path> initialText;

  @Override
  public Integer call() throws IOException, InterruptedException {
    KafkaConnection connection = connectionOptions.connection();
    try (ReportTokenizers tokenizers = ReportTokenizers.load(tokenizerFile, encoderTokenizerFile)) {
      RunConfig config = config(tokenizers);
      CheckpointStore checkpoints = new CheckpointStore(settings.store());
      new TrainingSession(spec.commandLine().getErr(), json)
          .run(
              connection,
              fresh ? config.withLine(checkpoints.freeLine(config.line())) : config,
              tokenizers,
              checkpoints);
    }
    return Radstream.DONE;
  }

  private RunConfig config(ReportTokenizers tokenizers) {
    List<String> overrides = new ArrayList<>();
    line.ifPresent(given -> overrides.add("line=\"" + given + "\""));
    initialRadiograph.ifPresent(given -> overrides.add("initial.radiograph=" + quoted(given)));
    initialText.ifPresent(given -> overrides.add("initial.text=" + quoted(given)));
    try {
      RunConfig base =
          preset.config(
              defaultLine(),
              variant,
              tokenizers.decoder().vocabulary().size(),
              tokenizers.encoder().vocabulary().size());
      return settings.over(base, overrides);
    } catch (InvalidConfigException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private String defaultLine() {
    String name = variant == ModelVariant.PAPER ? preset.name() : preset + "-" + variant;
    return name.toLowerCase(Locale.ROOT);
  }

  /** As a YAML text, whatever is in it. */
  private static String quoted(Path path) {
    return TextNode.valueOf(path.toString()).toString();
  }
}
