package io.radstream.cli;

import io.radstream.producers.datasets.OpenI;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code radstream publish openi}: Indiana University's set. */
@Command(
    name = "openi",
    description = "Publish the chest radiographs of Indiana University (Open-i).",
    footer = {
      "",
      "Examples:",
      "  radstream publish openi --path nlmcxr --strict",
      "",
      "The layout is described in docs/sources/importers.md."
    })
final class PublishOpenICommand implements Callable<Integer> {

  @Mixin private DatasetImport dataset;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return dataset.publish(new OpenI(), Optional.empty());
  }
}
