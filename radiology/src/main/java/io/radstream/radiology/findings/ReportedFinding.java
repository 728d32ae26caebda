package io.radstream.radiology.findings;

import java.util.Locale;

/** What the rules know how to find in a report. */
public enum ReportedFinding {
  EFFUSION,
  PNEUMOTHORAX,
  OPACITY,
  ATELECTASIS,
  CARDIOMEGALY,
  NODULE,
  EDEMA,
  FRACTURE,
  /** That the radiograph is normal: nothing of the others is there, nor may be. */
  NORMAL;

  /** As in the built-in set of findings: in lower case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ReportedFinding of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
