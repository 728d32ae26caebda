package io.radstream.producers.reports;

import io.radstream.producers.publish.Identifying;
import io.radstream.schemas.ReportStatus;
import java.util.List;

/** What a source says of one report. */
public sealed interface ReportItem {

  /** Names the report, the same whenever it is told of; identifies a patient. */
  String key();

  /** By which it is newer or older than others that have the same key. */
  ReportTime time();

  /**
   * A report, or an addendum alone.
   *
   * @param accessions of the studies that it is of; none where it names its study by UID
   * @param studyUid empty where the message has none
   * @param text for the stage, with headings
   */
  record Text(
      String key,
      ReportTime time,
      String patient,
      List<String> accessions,
      String studyUid,
      String text,
      ReportStatus status,
      Identifying identifying)
      implements ReportItem {

    public Text {
      accessions = List.copyOf(accessions);
    }

    /** Keeps what it knows to itself. */
    @Override
    public String toString() {
      return "Text[%s, version %d]".formatted(status, time.version());
    }
  }

  /** The report does not hold. */
  record Withdrawal(String key, ReportTime time) implements ReportItem {

    /** Keeps what it knows to itself. */
    @Override
    public String toString() {
      return "Withdrawal[version %d]".formatted(time.version());
    }
  }
}
