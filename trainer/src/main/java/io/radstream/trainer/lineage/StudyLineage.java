package io.radstream.trainer.lineage;

import java.util.List;

/**
 * What learned from a study. Validation is left out: it changes no weight.
 *
 * @param tuples how often the study is on the training topics that runs read, revisions counted
 * @param withdrawn whether the study was withdrawn
 * @param runs that read it, in the order of their names
 * @param checkpoints whose weights it has a part in, oldest first
 */
public record StudyLineage(
    String studyId,
    int tuples,
    boolean withdrawn,
    List<ReadingRun> runs,
    List<TaughtCheckpoint> checkpoints) {

  public StudyLineage {
    runs = List.copyOf(runs);
    checkpoints = List.copyOf(checkpoints);
  }

  /**
   * @param source of the run's configuration
   * @param steps that read the study, in order; numbers of the line, as everywhere
   */
  public record ReadingRun(String runId, String line, String source, List<Long> steps) {

    public ReadingRun {
      steps = List.copyOf(steps);
    }
  }

  /**
   * @param runId of the run that wrote it
   * @param uri where it was when it was announced; it may have been deleted since
   * @param through the run that read the study: the checkpoint's own, or one that it grew out of
   */
  public record TaughtCheckpoint(
      String checkpointId, String line, String runId, long step, String uri, String through) {}
}
