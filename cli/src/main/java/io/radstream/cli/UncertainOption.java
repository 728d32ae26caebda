package io.radstream.cli;

import io.radstream.producers.datasets.Uncertain;
import picocli.CommandLine.Option;

/** Mixin: findings of which a report is not sure. */
final class UncertainOption {

  @Option(
      names = "--uncertain",
      paramLabel = "RULE",
      defaultValue = "IGNORE",
      description =
          "What a finding becomes of which the report is not sure (-1): not known, there, or not"
              + " there; one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Uncertain uncertain;

  Uncertain get() {
    return uncertain;
  }
}
