package io.radstream.producers.reports;

import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.KnownStudy;
import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Placements;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.publish.StudyPart;
import io.radstream.radiology.Sha256;
import io.radstream.schemas.Report;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be sent for what a source says of reports. A report of several studies has a place for
 * each; a report that came before, or that is older than what came before, is not sent again.
 */
public final class ReportPlaces {

  private final StudyNames names;
  private final Pseudonymizer pseudonymizer;
  private final Placements placements;

  /**
   * @param names shared by all sources of the site
   * @param pseudonymizer shared with the publisher
   */
  public ReportPlaces(StudyNames names, Pseudonymizer pseudonymizer) {
    this.names = names;
    this.pseudonymizer = pseudonymizer;
    this.placements = new Placements(pseudonymizer);
  }

  /**
   * The reports of one item of a source, in one consignment. Items on the same report are to be
   * settled one after the other.
   *
   * @param number of the item
   * @throws RefusedStudyException where a report names no study
   */
  public Consignment place(PartSink sink, long number, List<ReportItem> reports)
      throws RefusedStudyException {
    List<Consignment> parts = new ArrayList<>();
    for (ReportItem report : reports) {
      Seen seen = sink.recall(seenKey(report)).map(Seen::read).orElse(Seen.NOTHING);
      // The true time would tell by how many days the patient's dates are shifted.
      int version = pseudonymizer.moved(report.key(), report.time().version());
      String statement = statement(report);
      if (seen.has(report, version, statement)) {
        continue;
      }
      int sent = raised(report, version, seen);
      List<Consignment> changes =
          report instanceof ReportItem.Text text
              ? placed(sink, number, text, sent, seen)
              : withdrawn(sink, number, report, 0, seen.places());
      parts.addAll(changes);
      int places = report instanceof ReportItem.Text text ? studies(text).size() : seen.places();
      int moved = pseudonymizer.moved(report.key(), sent);
      Seen now = seen.with(report, version, moved, places, statement);
      if (!now.equals(seen)) {
        parts.add(new Consignment(List.of(), List.of(new Mark(seenKey(report), now.write()))));
      }
    }
    return together(parts);
  }

  /**
   * The version to send it with: its own, but above all that was sent where the order is that in
   * which they came, since the stage takes the highest.
   *
   * @param moved its own as it is remembered
   */
  private static int raised(ReportItem report, int moved, Seen seen) {
    int its = report.time().version();
    boolean ordered = report.time().isTold() && !seen.isByArrival();
    long missing = ordered ? 0 : Math.max(0, seen.version() + 1L - moved);
    return (int) Math.min(Integer.MAX_VALUE, its + missing);
  }

  private List<Consignment> placed(
      PartSink sink, long number, ReportItem.Text text, int sent, Seen seen)
      throws RefusedStudyException {
    List<Consignment> changes = new ArrayList<>();
    List<String> studies = studies(text);
    String id = pseudonymizer.report(text.key());
    for (int i = 0; i < studies.size(); i++) {
      int version = pseudonymizer.moved(studies.get(i), sent);
      StudyPart part =
          new StudyPart(
              names.patient(text.patient()),
              studies.get(i),
              List.of(),
              Optional.of(new Report(text.text(), text.status(), version, id)),
              Map.of(),
              text.identifying(),
              Map.of(),
              known(text, i));
      changes.add(placements.place(sink, number, placeKey(text, i), digest(text), part));
    }
    changes.addAll(withdrawn(sink, number, text, studies.size(), seen.places()));
    return changes;
  }

  private static KnownStudy known(ReportItem.Text text, int place) {
    List<String> accessions = text.accessions();
    // A report of several studies names one of them by its UID, and it is not known which.
    return new KnownStudy(
        text.patient(),
        accessions.isEmpty() ? "" : accessions.get(place),
        accessions.size() > 1 ? "" : text.studyUid(),
        List.of());
  }

  private List<String> studies(ReportItem.Text text) throws RefusedStudyException {
    if (text.accessions().isEmpty()) {
      return List.of(names.study("", text.studyUid()));
    }
    List<String> studies = new ArrayList<>();
    for (String accession : text.accessions()) {
      studies.add(names.study(accession, text.studyUid()));
    }
    return studies;
  }

  /** Of the places from the first, counted from 0, to before the last. */
  private List<Consignment> withdrawn(
      PartSink sink, long number, ReportItem report, int first, int last) {
    List<Consignment> changes = new ArrayList<>();
    for (int i = first; i < last; i++) {
      changes.add(placements.retract(sink, number, placeKey(report, i), statement(report)));
    }
    return changes;
  }

  private static String seenKey(ReportItem report) {
    return "seen/" + report.key();
  }

  private static String placeKey(ReportItem report, int place) {
    return place == 0 ? report.key() : report.key() + "\0" + place;
  }

  private static String digest(ReportItem.Text text) {
    return digest(time(text), text.status().name(), text.text());
  }

  /** What came without a time is the same whenever it comes. */
  private static String time(ReportItem report) {
    ReportTime time = report.time();
    return String.valueOf(time.isTold() ? time.version() : ReportVersion.UNKNOWN);
  }

  /**
   * Names all that an item says, keyed: a plain digest would tell the time to whoever tries all.
   */
  private String statement(ReportItem report) {
    String came = report.time().arrival().orElse("");
    String said =
        report instanceof ReportItem.Text text
            ? digest(
                came,
                text.patient(),
                String.join("\0", text.accessions()),
                text.studyUid(),
                digest(text))
            : digest(came, "withdrawn", time(report));
    return pseudonymizer.report("statement/" + said);
  }

  /** What leaves a study goes first, so that nothing is taken from a study that it has come to. */
  private static Consignment together(List<Consignment> parts) {
    List<SourceItem> items = parts.stream().flatMap(part -> part.items().stream()).toList();
    Stream<SourceItem> leaving = items.stream().filter(SourceItem.Retracted.class::isInstance);
    Stream<SourceItem> coming = items.stream().filter(it -> !(it instanceof SourceItem.Retracted));
    return new Consignment(
        Stream.concat(leaving, coming).toList(),
        parts.stream().flatMap(part -> part.marks().stream()).toList());
  }

  private static String digest(String... parts) {
    MessageDigest digest = Sha256.digest();
    for (String part : parts) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return Sha256.hex(digest);
  }
}
