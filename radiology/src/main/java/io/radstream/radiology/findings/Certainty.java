package io.radstream.radiology.findings;

/** What a report says of a finding. Where it says several things, the last of these counts. */
public enum Certainty {
  ABSENT,
  UNCERTAIN,
  PRESENT;

  Certainty or(Certainty other) {
    return compareTo(other) < 0 ? other : this;
  }
}
