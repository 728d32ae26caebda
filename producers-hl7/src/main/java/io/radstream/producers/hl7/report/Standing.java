package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.ErrorCode;
import io.radstream.producers.hl7.message.UnreadableMessageException;
import io.radstream.schemas.ReportStatus;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

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
   * @throws UnreadableMessageException where the table has no such status
   */
  static Standing ofOrder(String status, Standing added) throws UnreadableMessageException {
    return switch (status.toUpperCase(Locale.ROOT)) {
      case "C" -> AMENDED;
      case "A" -> added;
      // Pending (N), and corrected but not final (M), are as uncertain as what was not read yet.
      case "P", "R", "I", "S", "O", "N", "M" -> PRELIMINARY;
      case "X" -> WITHDRAWN;
      case "Y", "Z" -> NONE;
      case "F", "" -> FINAL;
      default -> throw unknown("OBR-25", "0123");
    };
  }

  /** OBX-11, as of HL7's table 0085; empty where the table has no such status. */
  static Optional<Standing> ofObservation(String status) {
    return switch (status.toUpperCase(Locale.ROOT)) {
      case "C", "B", "A" -> Optional.of(AMENDED);
      case "P", "R", "S", "I" -> Optional.of(PRELIMINARY);
      case "D", "W" -> Optional.of(WITHDRAWN);
      case "X", "N", "O" -> Optional.of(NONE);
      case "F", "U", "V", "" -> Optional.of(FINAL);
      default -> Optional.empty();
    };
  }

  static UnreadableMessageException unknown(String field, String table) {
    return new UnreadableMessageException(
        ErrorCode.TABLE_VALUE_NOT_FOUND,
        ("%s has a status that is not in HL7's table %s, so that nobody can say whether"
                + " the report is final; correct it")
            .formatted(field, table));
  }

  boolean isText() {
    return this == PRELIMINARY || this == FINAL || this == AMENDED;
  }

  /**
   * Of an order and those of its observations that hold: what one of them calls preliminary is, and
   * what one of them calls corrected else is. Where the order has no result, no observation gives
   * it one.
   */
  Standing with(Collection<Standing> observations) {
    if (this == NONE || this == WITHDRAWN) {
      return this;
    }
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
