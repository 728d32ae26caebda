package io.radstream.cli;

import io.radstream.producers.datasets.CheXpertPlus;
import io.radstream.producers.datasets.CheXpertPlus.LabelledText;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code radstream publish chexpert-plus}: CheXpert Plus. */
@Command(
    name = "chexpert-plus",
    description = "Publish CheXpert Plus.",
    footer = {
      "",
      "Examples:",
      "  radstream publish chexpert-plus --path chexpert-plus --split train \\",
      "      --uncertain positive",
      "",
      "The layout is described in docs/sources/importers.md."
    })
final class PublishCheXpertPlusCommand implements Callable<Integer> {

  @Mixin private DatasetImport dataset;
  @Mixin private SplitOption split;
  @Mixin private UncertainOption uncertain;

  @Option(
      names = "--labels-of",
      paramLabel = "TEXT",
      defaultValue = "REPORT",
      description =
          "What of a report its labels were taken from: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  private LabelledText labelsOf;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return dataset.publish(new CheXpertPlus(labelsOf, uncertain.get()), split.get());
  }
}
