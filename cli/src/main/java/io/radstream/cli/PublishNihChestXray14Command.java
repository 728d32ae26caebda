package io.radstream.cli;

import io.radstream.producers.datasets.NihChestXray14;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code radstream publish nih-chestxray14}: ChestX-ray14. */
@Command(
    name = "nih-chestxray14",
    description = "Publish ChestX-ray14 of the NIH: labels and boxes, without reports.",
    footer = {
      "",
      "Examples:",
      "  radstream publish nih-chestxray14 --path nih --split test",
      "",
      "The layout is described in docs/sources/importers.md."
    })
final class PublishNihChestXray14Command implements Callable<Integer> {

  @Mixin private DatasetImport dataset;
  @Mixin private SplitOption split;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return dataset.publish(new NihChestXray14(), split.get());
  }
}
