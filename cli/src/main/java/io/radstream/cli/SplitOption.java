package io.radstream.cli;

import io.radstream.producers.datasets.Split;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Mixin: which share of a set. */
final class SplitOption {

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description =
          "Only this share, as the set's makers cut it: ${COMPLETION-CANDIDATES} (default: all).")
  private Optional<Split> split;

  Optional<Split> get() {
    return split;
  }
}
