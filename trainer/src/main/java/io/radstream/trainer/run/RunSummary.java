package io.radstream.trainer.run;

import io.radstream.model.objective.BatchLosses;
import io.radstream.trainer.augment.ViewCounts;
import io.radstream.trainer.timing.Phase;
import io.radstream.trainer.tuples.LeftOut;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param steps taken by this process
 * @param step the line has behind it now
 * @param first losses of the first step taken by this process; empty where none was taken
 * @param last losses of the last step
 * @param validation figures of the last validation; empty where there was none
 * @param checkpointId newest checkpoint of the line
 * @param bestCheckpointId best checkpoint of the line by the run's rule; empty where none was
 *     validated by it
 * @param studies to learn from
 * @param validationStudies to validate on
 * @param phases where the time went, in seconds; of the workers, the sum over all of them
 * @param unreadableViews left out since they could not be decoded
 * @param views of this process, by where they were had; empty where the settings want no originals
 * @param leftOut tuples that this process read and cannot learn from, before the first step
 */
public record RunSummary(
    Outcome outcome,
    String runId,
    String line,
    long steps,
    long step,
    Optional<BatchLosses> first,
    Optional<BatchLosses> last,
    Map<String, Double> validation,
    Optional<String> checkpointId,
    Optional<String> bestCheckpointId,
    int studies,
    int validationStudies,
    long unreadableViews,
    Optional<ViewCounts> views,
    LeftOut leftOut,
    Map<Phase, Double> phases,
    double seconds) {

  /** Why a run ended. */
  public enum Outcome {
    /** All its steps are taken. */
    FINISHED,
    /** It was asked to stop; it can be resumed. */
    STOPPED,
    /** The line had all its steps behind it already. */
    NOTHING_TO_DO
  }

  public RunSummary {
    validation = Map.copyOf(validation);
    phases = Map.copyOf(phases);
  }
}
