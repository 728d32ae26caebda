package io.radstream.cli;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.pretrained.HuggingFaceExport;
import io.radstream.model.pretrained.HuggingFaceExport.Beside;
import io.radstream.model.pretrained.PicturePreparation;
import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code radstream export}: a checkpoint to models of Hugging Face's libraries. */
@Command(
    name = "export",
    description = {
      "Write the transformers of a checkpoint as models of Hugging Face's libraries.",
      "",
      "DIR/vit opens with ViTModel and has the preparation of pictures beside it. DIR/bert opens"
          + " with BertModel; it has the tokenizer beside it, and is not there where the network"
          + " has no report encoder. DIR/findings opens with AutoModelForImageClassification and"
          + " its trust_remote_code: it is the whole network that scores findings, with its code"
          + " and the preparation of studies beside it, and is there where the network has"
          + " findings. With --to timm, DIR/timm alone, which opens with timm.create_model; it"
          + " has a classifier where the network's is a linear one for a single view."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream export --checkpoint checkpoints/tiny/000001800 --out models",
      "  radstream export --checkpoint checkpoints/tiny/000001800 --to timm --out vit"
    })
final class ExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonSummary summary;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      required = true,
      description = "A checkpoint's directory in the trainer's store.")
  private Path directory;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where to write them; what is written may not be there.")
  private Path out;

  /** Whose library is to open them. */
  private enum Library {
    transformers,
    timm
  }

  @Option(
      names = "--to",
      paramLabel = "LIBRARY",
      defaultValue = "transformers",
      description =
          "Whose library is to open them: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Library library;

  @Override
  public Integer call() throws IOException {
    Checkpoint checkpoint = Checkpoint.read(directory);
    checkpoint.verify();
    TorchEngine.start(Runtime.getRuntime().availableProcessors());
    List<Path> written = write(checkpoint);
    PrintWriter printer = spec.commandLine().getOut();
    written.forEach(printer::println);
    printer.flush();
    summary.print(new Exported(checkpoint.id(), written.stream().map(Path::toString).toList()));
    return Radstream.DONE;
  }

  private List<Path> write(Checkpoint checkpoint) throws IOException {
    HuggingFaceExport export = export(checkpoint);
    Path weights = checkpoint.file(Checkpoint.MODEL);
    return switch (library) {
      case transformers -> export.write(weights, out);
      case timm -> List.of(export.writeTimm(weights, out, preparation(checkpoint)));
    };
  }

  private static PicturePreparation preparation(Checkpoint checkpoint) throws IOException {
    ModelInput input = new ModelInput(checkpoint.model().radiograph().imageSize());
    return new PicturePreparation(
        input.resizedSide(),
        input.size(),
        PreprocessorConfig.ofWhole(ModelInput.MEAN),
        PreprocessorConfig.ofWhole(ModelInput.DEVIATION));
  }

  private static HuggingFaceExport export(Checkpoint checkpoint) throws IOException {
    ModelConfig model = checkpoint.model();
    ModelInput input = new ModelInput(model.radiograph().imageSize());
    try (ReportTokenizers tokenizers = checkpoint.tokenizers()) {
      ReportTokenizer tokenizer = tokenizers.encoder();
      return new HuggingFaceExport(
          model,
          tokenizer.vocabulary().padding(),
          PreprocessorConfig.CHANNELS,
          new Beside(
              Map.of(PreprocessorConfig.FILE, PreprocessorConfig.of(input)),
              Map.of("tokenizer.json", tokenizer.portableJson()),
              Map.of(PreprocessorConfig.FILE, PreprocessorConfig.ofStudies(input))));
    }
  }

  private record Exported(String checkpointId, List<String> directories) {}
}
