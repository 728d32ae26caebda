package io.radstream.cli;

import io.radstream.producers.datasets.Readers;
import io.radstream.producers.datasets.VinBigData;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code radstream publish vinbigdata}: VinDr-CXR. */
@Command(
    name = "vinbigdata",
    description = "Publish VinDr-CXR: labels and boxes of its readers, without reports.",
    footer = {
      "",
      "Examples:",
      "  radstream publish vinbigdata --path vindr-cxr-1.0.0 --split train",
      "  radstream publish vinbigdata --path vinbigdata --readers any",
      "",
      "The layout is described in docs/sources/importers.md."
    })
final class PublishVinBigDataCommand implements Callable<Integer> {

  @Mixin private DatasetImport dataset;
  @Mixin private SplitOption split;

  @Option(
      names = "--readers",
      paramLabel = "RULE",
      defaultValue = "share",
      description =
          "What several readers come to. share: the share of them who saw a finding. any: it is"
              + " there where one saw it. majority: where more than half did (default:"
              + " ${DEFAULT-VALUE}).")
  private Readers readers;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (BareDicomPictures dicom = new BareDicomPictures()) {
      return dataset.publish(new VinBigData(Optional.of(dicom), readers), split.get());
    }
  }
}
