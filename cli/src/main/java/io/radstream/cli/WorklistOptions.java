package io.radstream.cli;

import io.radstream.serving.worklist.WorklistLimits;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** What stands on the list of studies that arrived. */
final class WorklistOptions {

  @Option(
      names = "--worklist",
      paramLabel = "N",
      description =
          "List the last N studies of the topic scores for /v1/worklist, and take readers' verdicts"
              + " (default: there is no list).")
  private Optional<Integer> studies;

  @Option(
      names = "--worklist-days",
      paramLabel = "DAYS",
      defaultValue = "14",
      description = "How long a study stays on the list, at most (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--worklist-unranked",
      paramLabel = "FINDING",
      description =
          "A finding by which no study rises on the list. Can be given several times (default:"
              + " normal and no finding).")
  private Set<String> unranked = new LinkedHashSet<>();

  /**
   * @throws IllegalArgumentException where there cannot be such a list
   */
  Optional<WorklistLimits> limits() {
    return studies.map(
        most ->
            new WorklistLimits(
                most,
                Duration.ofDays(days),
                unranked.isEmpty() ? WorklistLimits.NO_FINDINGS : unranked));
  }
}
