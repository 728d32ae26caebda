package io.radstream.cli;

import io.radstream.cli.reports.BeamWriting;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Mixin: how reports are searched for. */
final class BeamOptions {

  @Option(
      names = "--beams",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "Reports that are followed at a time; 1 for greedy search (default: ${DEFAULT-VALUE}).")
  private int beams;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Longest report, start and end token included (default: the network's).")
  private Optional<Integer> maxTokens;

  BeamWriting writing() {
    return new BeamWriting(beams, maxTokens);
  }
}
