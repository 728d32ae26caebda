package io.radstream.producers.phantom;

import java.util.Locale;

/** The patient's side: the patient's left is on the right of a frontal radiograph. */
public enum Side {
  LEFT,
  RIGHT,
  BILATERAL;

  /** The word as a report has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a finding on this side is seen in the lung of the other, which is never bilateral. */
  boolean covers(Side lung) {
    return this == BILATERAL || this == lung;
  }
}
