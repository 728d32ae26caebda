package io.radstream.serving.worklist;

/**
 * A finding that two checkpoints see differently in a study.
 *
 * @param here probability as the study is listed
 * @param checkpoint the other one
 * @param there probability by it
 */
public record Difference(String finding, double here, String checkpoint, double there) {

  public double size() {
    return Math.abs(here - there);
  }
}
