package io.radstream.trainer.replay;

import io.radstream.trainer.traits.Exclusion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to take again of a run.
 *
 * @param until the last step; the run's last where not given
 * @param checkpoint of this run to set in at, or the one that the run began from, as a directory;
 *     where not given, from the beginning of the run
 * @param settings {@code key.path=value} that differ from the run's: what would have been
 * @param restaging how to read studies that were staged again; where the run itself read them where
 *     not given
 * @param without studies to leave out of the batches: what would have been
 * @param examined whether {@link ReplayListener#examine} is to measure: studies for validation are
 *     then looked for
 * @param workers threads that decode and augment; as in the run where not given
 */
public record ReplayRequest(
    String runId,
    Optional<Long> until,
    Optional<Path> checkpoint,
    List<String> settings,
    Optional<Restaging> restaging,
    List<Exclusion> without,
    boolean examined,
    Optional<Integer> workers) {

  public ReplayRequest {
    settings = List.copyOf(settings);
    without = List.copyOf(without);
  }

  /** With all studies, and compared by its bits alone. */
  public ReplayRequest(
      String runId,
      Optional<Long> until,
      Optional<Path> checkpoint,
      List<String> settings,
      Optional<Restaging> restaging,
      Optional<Integer> workers) {
    this(runId, until, checkpoint, settings, restaging, List.of(), false, workers);
  }

  /** From the topics that the run read. */
  public ReplayRequest(
      String runId,
      Optional<Long> until,
      Optional<Path> checkpoint,
      List<String> settings,
      Optional<Integer> workers) {
    this(runId, until, checkpoint, settings, Optional.empty(), workers);
  }
}
