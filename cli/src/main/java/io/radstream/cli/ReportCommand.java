package io.radstream.cli;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.Refers;
import io.radstream.model.config.Generation;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.generation.GeneratedReport;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyPreparation;
import io.radstream.radiology.study.StudyViews;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code radstream report}: the views of a study to the text of its report. */
@Command(
    name = "report",
    description = {
      "Write the report of a study with the network of a checkpoint.",
      "",
      "For research only: the text is what the network finds probable, not a finding."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream report --checkpoint checkpoints/tiny/000001800 \\",
      "      frontal.png lateral.png",
      "  radstream report --checkpoint checkpoints/tiny/000001800 \\",
      "      --beams 1 --json frontal.jpg"
    })
final class ReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonSummary summary;
  @Mixin private DeviceOption device;
  @Mixin private BeamOptions beams;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      required = true,
      description = "A checkpoint's directory in the trainer's store.")
  private Path directory;

  @Parameters(
      paramLabel = "IMAGE",
      arity = "1..*",
      description = "Views of one study, PNG or JPEG; of more than three, three are drawn.")
  private List<Path> images;

  @Override
  public Integer call() throws IOException {
    Checkpoint checkpoint = Checkpoint.read(directory);
    checkpoint.verify();
    ModelConfig config = checkpoint.model();
    try (ReportTokenizer tokenizer = ReportTokenizer.load(checkpoint.file(Checkpoint.TOKENIZER))) {
      Generation options = options(tokenizer, config.report().vocabulary());
      StudyInput study = new StudyPreparation(config.radiograph().imageSize()).prepare(views());
      ComputeDevice found = device.choice().start(Runtime.getRuntime().availableProcessors());
      try (Refers refers = Refers.load(config, checkpoint.file(Checkpoint.MODEL), found)) {
        GeneratedReport report = refers.generate(study.images(), 1, options).get(0);
        print(checkpoint, tokenizer, report);
      }
    }
    return Radstream.DONE;
  }

  private Generation options(ReportTokenizer tokenizer, int vocabulary) {
    try {
      return beams.writing().by(tokenizer, vocabulary);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private StudyViews views() throws IOException {
    List<byte[]> encoded = new ArrayList<>();
    for (Path image : images) {
      encoded.add(Files.readAllBytes(image));
    }
    try {
      return new StudyViews(Optional.empty(), encoded);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void print(Checkpoint checkpoint, ReportTokenizer tokenizer, GeneratedReport report) {
    int[] tokens = report.tokens();
    String text = tokenizer.decode(tokens);
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
    summary.print(
        new Written(
            text,
            tokens.length,
            tokens[tokens.length - 1] == tokenizer.vocabulary().end(),
            report.logProbability(),
            checkpoint.id()));
  }

  /**
   * @param complete false where the report was cut
   */
  private record Written(
      String report, int tokens, boolean complete, double logProbability, String checkpointId) {}
}
