package io.radstream.producers.hl7.report;

import io.radstream.schemas.ReportStatus;
import java.util.Collection;
import java.util.Locale;

/** What an order's report is worth, the least certain first. */
enum Standing {
  /** There is none, or none yet. */
  NONE,

  /**
   * What there was does not hold: deleted, of the wrong patient, or of an order that was given up.
   */
  WITHDRAWN,
  PRELIMINARY,
  FINAL,
  AMENDED;

  /**
   * OBR-25, as of HL7's table 0123.
   *
   * @param added what the status A stands for
   */
  static Standing ofOrder(String status, Standing added) {
    return switch (status.toUpperCase(Locale.ROOT)) {
      case "C" -> AMENDED;
      case "A" -> added;
      case "P", "R", "I", "S", "O" -> PRELIMINARY;
      case "X" -> WITHDRAWN;
      case "Y", "Z" -> NONE;
      default -> FINAL;
    };
  }

  /** OBX-11, as of HL7's table 0085. */
  static Standing ofObservation(String status) {
    return switch (status.toUpperCase(Locale.ROOT)) {
      case "C", "B" -> AMENDED;
      case "P", "R", "S", "I" -> PRELIMINARY;
      case "D", "W" -> WITHDRAWN;
      case "X", "N", "O" -> NONE;
      default -> FINAL;
    };
  }

  boolean isText() {
    return this == PRELIMINARY || this == FINAL || this == AMENDED;
  }

  /**
   * Of an order and those of its observations that hold: what one of them calls preliminary is, and
   * what one of them calls corrected else is.
   */
  Standing with(Collection<Standing> observations) {
    if (this == PRELIMINARY || observations.contains(PRELIMINARY)) {
      return PRELIMINARY;
    }
    return observations.contains(AMENDED) ? AMENDED : this;
  }

  ReportStatus status() {
    return switch (this) {
      case FINAL -> ReportStatus.FINAL;
      case AMENDED -> ReportStatus.AMENDED;
      default -> ReportStatus.PRELIMINARY;
    };
  }
}
