package io.radstream.cli;

import io.radstream.producers.access.Credentials;
import io.radstream.tracking.mlflow.Mlflow;
import io.radstream.tracking.mlflow.MlflowAddress;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream track mlflow}: runs of an experiment on a tracking server. */
@Command(
    name = "mlflow",
    description = {
      "Give the figures of runs to a tracking server of MLflow, by its REST API.",
      "",
      "Each run is a run there, with the tags radstream.run and radstream.line, its settings as"
          + " parameters and all that the topics training.metrics and evaluations hold of it. What the"
          + " server has already is not sent again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream track mlflow --tracking-uri https://mlflow.example.org \\",
      "      --experiment chest --token-file token --follow",
      "  radstream track mlflow --tracking-uri http://127.0.0.1:5000 --line chest"
    })
final class TrackMlflowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private TrackOptions options;
  @Mixin private ServerAccess access;

  @Option(
      names = "--tracking-uri",
      paramLabel = "URL",
      required = true,
      description = "Of the server, as MLFLOW_TRACKING_URI names it.")
  private URI server;

  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      defaultValue = "radstream",
      description = "Of the runs; made where there is none (default: ${DEFAULT-VALUE}).")
  private String experiment;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Credentials credentials = access.credentials();
    MlflowAddress address;
    try {
      address = new MlflowAddress(server, credentials::header, access.trusted());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--tracking-uri: " + e.getMessage(), e);
    }
    return options.run(new Mlflow(address, experiment));
  }
}
