package io.radstream.cli;

import io.radstream.producers.datasets.CovidImageCollection;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code radstream publish covid-idc}: the COVID-19 Image Data Collection. */
@Command(
    name = "covid-idc",
    description = "Publish the radiographs of the COVID-19 Image Data Collection.",
    footer = {
      "",
      "Examples:",
      "  radstream publish covid-idc --path covid-chestxray-dataset",
      "",
      "The layout is described in docs/sources/importers.md."
    })
final class PublishCovidIdcCommand implements Callable<Integer> {

  @Mixin private DatasetImport dataset;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return dataset.publish(new CovidImageCollection(), Optional.empty());
  }
}
