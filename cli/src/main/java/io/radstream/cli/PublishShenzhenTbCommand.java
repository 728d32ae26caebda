package io.radstream.cli;

import io.radstream.producers.datasets.ShenzhenTb;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code radstream publish shenzhen-tb}: the Shenzhen Hospital set. */
@Command(
    name = "shenzhen-tb",
    description = "Publish the Shenzhen Hospital set: tuberculosis or not, without reports.",
    footer = {
      "",
      "Examples:",
      "  radstream publish shenzhen-tb --path ChinaSet_AllFiles",
      "",
      "The layout is described in docs/sources/importers.md."
    })
final class PublishShenzhenTbCommand implements Callable<Integer> {

  @Mixin private DatasetImport dataset;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return dataset.publish(new ShenzhenTb(), Optional.empty());
  }
}
