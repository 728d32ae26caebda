package io.radstream.cli;

import io.radstream.producers.datasets.VinBigData;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code radstream publish vinbigdata}: VinDr-CXR. */
@Command(
    name = "vinbigdata",
    description = "Publish VinDr-CXR: labels and boxes of its readers, without reports.",
    footer = {
      "",
      "Examples:",
      "  radstream publish vinbigdata --path vindr-cxr-1.0.0 --split train",
      "",
      "The layout is described in docs/sources/importers.md."
    })
final class PublishVinBigDataCommand implements Callable<Integer> {

  @Mixin private DatasetImport dataset;
  @Mixin private SplitOption split;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (BareDicomPictures dicom = new BareDicomPictures()) {
      return dataset.publish(new VinBigData(Optional.of(dicom)), split.get());
    }
  }
}
