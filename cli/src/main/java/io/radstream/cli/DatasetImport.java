package io.radstream.cli;

import io.radstream.producers.datasets.DatasetSource;
import io.radstream.producers.datasets.DatasetSource.Selection;
import io.radstream.producers.datasets.PublishedDataset;
import io.radstream.producers.datasets.Sample;
import io.radstream.producers.datasets.Split;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: publishing a public collection, whichever. */
final class DatasetImport {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private PublishRun run;
  @Mixin private PublisherName name;

  @Option(
      names = "--path",
      required = true,
      paramLabel = "DIR",
      description = "Where the set lies, with the files and folders as they are published.")
  private Path path;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description =
          "Publish about so many studies only: all of some patients. The same seed draws the same"
              + " patients, and a larger sample holds the smaller one.")
  private Optional<Long> sample;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of the sample (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--strict",
      description =
          "Publish nothing where the files are not the whole set as published; else that is a"
              + " warning.")
  private boolean strict;

  /**
   * @param split all where it is empty
   * @return the command's exit code
   */
  int publish(PublishedDataset dataset, Optional<Split> split)
      throws IOException, InterruptedException {
    String publisher = name.of(dataset.name());
    Selection selection = new Selection(split, sample.map(this::sample));
    try (DatasetSource source = DatasetSource.open(dataset, path, selection)) {
      if (!tell(source.deviations()) && strict) {
        throw new IOException("nothing was sent, because of --strict");
      }
      int code = run.publishAs(publisher, source, run.pseudonymizer(true));
      if (source.passedOver() > 0) {
        err().printf("%d studies had been sent before.%n", source.passedOver());
      }
      return code;
    }
  }

  private Sample sample(long studies) {
    try {
      return new Sample(studies, seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--sample: " + e.getMessage());
    }
  }

  /** False where there was anything to tell. */
  private boolean tell(List<String> deviations) {
    deviations.forEach(it -> err().println("Warning: " + it));
    return deviations.isEmpty();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
