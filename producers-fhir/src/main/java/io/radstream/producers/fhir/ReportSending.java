package io.radstream.producers.fhir;

import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Origin;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.reports.ReportItem;
import io.radstream.producers.reports.ReportPlaces;
import io.radstream.schemas.RejectionReason;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Phaser;
import org.hl7.fhir.r4.model.DiagnosticReport;

/** Takes reports to a sink, one at a time; not thread-safe. */
final class ReportSending {

  private static final int MOST_UNDER_WAY = 1000;

  private final PartSink sink;
  private final DiagnosticReports reports;
  private final ReportPlaces places;
  private final Phaser underWay = new Phaser(1);
  private final Set<String> keys = new HashSet<>();
  private long number;
  private Origin place = Origin.UNTOLD;

  ReportSending(PartSink sink, DiagnosticReports reports, ReportPlaces places) {
    this.sink = sink;
    this.reports = reports;
    this.places = places;
  }

  /**
   * What is sent from now on comes from there.
   *
   * @param item a file, with the number of what it holds; empty for a server
   * @param peer a server; empty for files
   */
  void readsFrom(String item, String peer) {
    place = new Origin(item, peer);
  }

  /**
   * @param receipt is told what becomes of it, of one that is none for us, too
   * @throws java.io.UncheckedIOException where what it refers to cannot be looked up; nothing of it
   *     was sent then
   */
  void send(DiagnosticReport report, References references, Receipt receipt) {
    number++;
    try {
      Optional<ReportItem> item = reports.read(report, references);
      if (item.isEmpty()) {
        receipt.acknowledged();
        return;
      }
      takeTurn(item.get().key());
      Consignment consignment = places.place(sink, number, List.of(item.get()));
      underWay.register();
      sink.accept(consignment.from(origin(report)), departing(receipt));
    } catch (ReportException e) {
      refuse(report, RejectionReason.INVALID_RECORD, e.getMessage(), receipt);
    } catch (RefusedStudyException e) {
      refuse(report, RejectionReason.NO_ACCESSION, e.getMessage(), receipt);
    }
  }

  /** Counts one that cannot be taken. */
  void refuse(
      DiagnosticReport report, RejectionReason reason, String explanation, Receipt receipt) {
    underWay.register();
    refuse(reason, explanation, origin(report), departing(receipt));
  }

  /** What is remembered of a report is asked for when the next one on it is placed. */
  private void takeTurn(String key) {
    if (keys.size() >= MOST_UNDER_WAY || !keys.add(key)) {
      underWay.arriveAndAwaitAdvance();
      keys.clear();
      keys.add(key);
    }
  }

  /** Counts something that is no report. */
  void refuseNext(RejectionReason reason, String explanation) {
    number++;
    refuse(reason, explanation, place, Receipt.NONE);
  }

  private Origin origin(DiagnosticReport report) {
    String id = report.getIdElement().getIdPart();
    String named = id == null ? place.item() : place.item() + " DiagnosticReport/" + id;
    return new Origin(named.strip(), place.peer());
  }

  private void refuse(RejectionReason reason, String explanation, Origin origin, Receipt receipt) {
    SourceItem refused = new SourceItem.Refused(number, reason, explanation);
    sink.accept(Consignment.of(refused).from(origin), receipt);
  }

  /** Tells the source, and then that it is no longer under way. */
  private Receipt departing(Receipt receipt) {
    return new Receipt() {
      @Override
      public void acknowledged() {
        receipt.acknowledged();
        underWay.arriveAndDeregister();
      }

      @Override
      public void refused(RejectionReason reason, String explanation) {
        receipt.refused(reason, explanation);
        underWay.arriveAndDeregister();
      }

      @Override
      public void failed(String explanation) {
        receipt.failed(explanation);
        underWay.arriveAndDeregister();
      }
    };
  }

  /** Waits for what is under way. */
  void settle() {
    underWay.arriveAndAwaitAdvance();
    keys.clear();
  }
}
