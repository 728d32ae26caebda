package io.radstream.serving.worklist;

import java.time.Instant;

/**
 * What a reader says of a finding.
 *
 * @param present whether it is there
 * @param checkpoint whose score the reader looked at
 */
public record FindingVerdict(boolean present, String reader, Instant at, String checkpoint) {

  /** From here on a probability says that a finding is there. */
  public static final double HALF = 0.5;

  /** Whether the reader says what a checkpoint of that probability does. */
  public boolean agrees(double probability) {
    return present == probability >= HALF;
  }
}
