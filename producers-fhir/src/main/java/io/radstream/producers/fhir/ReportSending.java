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
import java.util.concurrent.atomic.AtomicBoolean;
import org.hl7.fhir.r4.model.DiagnosticReport;

/** Takes reports to a sink, one at a time; not thread-safe. */
final class ReportSending {

  private static final int MOST_UNDER_WAY = 1000;

  private final PartSink sink;
  private final DiagnosticReports reports;
  private final ReportPlaces places;
  private final AtomicBoolean failed = new AtomicBoolean();
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

  void send(DiagnosticReport report, References references) {
    number++;
    try {
      Optional<ReportItem> item = reports.read(report, references);
      if (item.isPresent()) {
        takeTurn(item.get().key());
        underWay.register();
        Consignment consignment = places.place(sink, number, List.of(item.get()));
        sink.accept(consignment.from(origin(report)), receipt());
      }
    } catch (ReportException e) {
      refuse(RejectionReason.INVALID_RECORD, e.getMessage(), origin(report));
    } catch (RefusedStudyException e) {
      underWay.arriveAndDeregister();
      refuse(RejectionReason.NO_ACCESSION, e.getMessage(), origin(report));
    }
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
    refuse(reason, explanation, place);
  }

  private Origin origin(DiagnosticReport report) {
    String id = report.getIdElement().getIdPart();
    String named = id == null ? place.item() : place.item() + " DiagnosticReport/" + id;
    return new Origin(named.strip(), place.peer());
  }

  private void refuse(RejectionReason reason, String explanation, Origin origin) {
    SourceItem refused = new SourceItem.Refused(number, reason, explanation);
    sink.accept(Consignment.of(refused).from(origin), Receipt.NONE);
  }

  private Receipt receipt() {
    return new Receipt() {
      @Override
      public void acknowledged() {
        underWay.arriveAndDeregister();
      }

      @Override
      public void refused(RejectionReason reason, String explanation) {
        underWay.arriveAndDeregister();
      }

      @Override
      public void failed(String explanation) {
        failed.set(true);
        underWay.arriveAndDeregister();
      }
    };
  }

  /**
   * Waits for what is under way.
   *
   * @return whether the cluster took all that it was given since the last time
   */
  boolean settled() {
    underWay.arriveAndAwaitAdvance();
    keys.clear();
    return !failed.getAndSet(false);
  }
}
