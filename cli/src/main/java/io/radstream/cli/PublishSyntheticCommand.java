package io.radstream.cli;

import io.radstream.producers.phantom.PhantomFault;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.PhantomSite;
import io.radstream.producers.phantom.SyntheticSource;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream publish synthetic}: phantoms with reports and labels. */
@Command(
    name = "synthetic",
    description = "Publish phantoms: drawn radiographs, with reports and the findings they show.",
    footer = {
      "",
      "Examples:",
      "  radstream publish synthetic --studies 2000 --seed 7 \\",
      "      --bootstrap localhost:9092 --registry http://localhost:8081",
      "  radstream publish synthetic --phantom-site south --topic-prefix south.",
      "  radstream publish synthetic --first 2000 --studies 200 --fault inverted",
      "",
      "What they are like is described in docs/data-formats.md."
    })
final class PublishSyntheticCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private PublishRun run;

  @Option(
      names = "--studies",
      defaultValue = "1000",
      paramLabel = "N",
      description = "How many studies are drawn (default: ${DEFAULT-VALUE}).")
  private long studies;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Another seed has other patients (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--max-views",
      defaultValue = "4",
      paramLabel = "N",
      description = "Most views of a study, 1 to 4 (default: ${DEFAULT-VALUE}).")
  private int maxViews;

  @Option(
      names = "--phantom-site",
      defaultValue = "NORTH",
      paramLabel = "SITE",
      description = "Hospital: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private PhantomSite site;

  @Option(
      names = "--first",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "How many studies of the seed were drawn before; these are others (default:"
              + " ${DEFAULT-VALUE}).")
  private long first;

  @Option(
      names = "--fault",
      defaultValue = "NONE",
      paramLabel = "FAULT",
      description =
          "What is wrong with their pictures, to see whether it is noticed:"
              + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private PhantomFault fault;

  @Option(
      names = "--sides",
      description =
          "Also label on which side findings are: \"left effusion\", \"right effusion\" and so on.")
  private boolean sides;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return run.publish(source(), false);
  }

  private SyntheticSource source() {
    int side = Math.min(run.viewSize(), PhantomGenerator.DEFAULT_SIZE);
    try {
      return new SyntheticSource(
          new PhantomGenerator(side, maxViews, site), seed, first, studies, fault, sides);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
