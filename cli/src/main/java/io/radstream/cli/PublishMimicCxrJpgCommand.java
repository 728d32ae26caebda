package io.radstream.cli;

import io.radstream.producers.datasets.MimicCxrJpg;
import io.radstream.producers.datasets.MimicCxrJpg.Labeler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code radstream publish mimic-cxr-jpg}: MIMIC-CXR-JPG. */
@Command(
    name = "mimic-cxr-jpg",
    description = "Publish MIMIC-CXR-JPG with the reports of MIMIC-CXR.",
    footer = {
      "",
      "Examples:",
      "  radstream publish mimic-cxr-jpg --path mimic-cxr-jpg-2.1.0 --split train \\",
      "      --reports mimic-cxr-reports.zip",
      "  radstream publish mimic-cxr-jpg --path mimic-cxr-jpg-2.1.0 --sample 1000 \\",
      "      --without-reports",
      "",
      "The layout is described in docs/sources/importers.md."
    })
final class PublishMimicCxrJpgCommand implements Callable<Integer> {

  @Mixin private DatasetImport dataset;
  @Mixin private SplitOption split;
  @Mixin private UncertainOption uncertain;

  @Option(
      names = "--labeler",
      paramLabel = "NAME",
      defaultValue = "CHEXPERT",
      description = "Whose labels: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Labeler labeler;

  @Option(
      names = "--reports",
      paramLabel = "PATH",
      description =
          "mimic-cxr-reports.zip, or the directory that it was unpacked in (default: looked for"
              + " in --path).")
  private Optional<Path> reports;

  @Option(names = "--without-reports", description = "Publish pictures and labels only.")
  private boolean withoutReports;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return dataset.publish(
        new MimicCxrJpg(labeler, uncertain.get(), reports, withoutReports), split.get());
  }
}
