package io.radstream.cli;

import io.radstream.producers.datasets.PadChest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code radstream publish padchest}: PadChest. */
@Command(
    name = "padchest",
    description = "Publish PadChest, with its Spanish reports.",
    footer = {
      "",
      "Examples:",
      "  radstream publish padchest --path padchest --sample 5000 --seed 3",
      "",
      "The layout is described in docs/sources/importers.md."
    })
final class PublishPadChestCommand implements Callable<Integer> {

  @Mixin private DatasetImport dataset;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return dataset.publish(new PadChest(), Optional.empty());
  }
}
