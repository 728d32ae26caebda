package io.radstream.producers.publish;

import io.radstream.producers.publish.Pseudonymizer.Space;
import io.radstream.producers.publish.SourceItem.Found;
import io.radstream.producers.publish.SourceItem.Retracted;
import io.radstream.schemas.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Remembers in which study a view or a report was published, so that what comes twice is sent once,
 * and what comes back under another accession number, or for another patient, leaves the study
 * where it was.
 */
public record Placements(Pseudonymizer pseudonymizer) {

  /**
   * Where something was published; all pseudonyms and digests.
   *
   * @param reportId of a report; empty where there is none, or it was published without
   */
  private record Place(
      String studyId,
      String patientId,
      List<String> viewIds,
      Optional<String> reportId,
      String digest) {

    private static final String SEPARATOR = " ";
    private static final String GONE = "gone:";

    /** Before an id of a report; no id of a view begins with it. */
    private static final String REPORT = "report:";

    private static final int FIXED = 3;

    String write() {
      Stream<String> ids = Stream.concat(viewIds.stream(), reportId.map(REPORT::concat).stream());
      return Stream.concat(Stream.of(studyId, patientId, digest), ids)
          .collect(Collectors.joining(SEPARATOR));
    }

    static Place read(String value) {
      List<String> parts = List.of(value.split(SEPARATOR, -1));
      List<String> ids = parts.subList(FIXED, parts.size());
      return new Place(
          parts.get(0),
          parts.get(1),
          ids.stream().filter(id -> !id.startsWith(REPORT)).toList(),
          ids.stream()
              .filter(id -> id.startsWith(REPORT))
              .map(id -> id.substring(REPORT.length()))
              .findFirst(),
          parts.get(2));
    }

    Place emptied(String by) {
      return new Place(studyId, patientId, viewIds, reportId, GONE + by);
    }

    private Place named(Optional<String> id) {
      return new Place(studyId, patientId, viewIds, id, digest);
    }

    /** Whether the same came to the same place, whatever its report is called. */
    boolean isRepeatOf(Place before) {
      return named(before.reportId).equals(before);
    }

    /**
     * A version of before there were ids has sent the report without one. What comes to the same
     * place after it is remembered so too, for only that takes all of it back.
     */
    Place after(Place before) {
      boolean nameless = before.reportId.isEmpty() && !before.isEmpty() && isSamePlace(before);
      return nameless ? named(Optional.empty()) : this;
    }

    /** Whether what was there has been taken back, so that there is nothing to take. */
    boolean isEmpty() {
      return digest.startsWith(GONE);
    }

    boolean isSamePlace(Place other) {
      return studyId.equals(other.studyId) && patientId.equals(other.patientId);
    }
  }

  /**
   * @param key what is placed: {@code view/} and the SOP instance UID, {@code report/} and the
   *     filler order number
   * @param digest of what came, without blanks: what comes again with the same one is a duplicate
   * @param part with the views, or the report, that the key stands for
   * @return what is to be sent: nothing for a duplicate; a retraction first where it moves
   */
  public Consignment place(PartSink sink, long number, String key, String digest, StudyPart part) {
    Place place = place(part, digest);
    Optional<Place> before = sink.recall(key).map(Place::read);
    if (before.filter(place::isRepeatOf).isPresent()) {
      return new Consignment(List.of(), List.of());
    }
    List<SourceItem> items = new ArrayList<>();
    before
        .filter(it -> !it.isEmpty() && !it.isSamePlace(place))
        .ifPresent(it -> items.add(retracted(number, it)));
    items.add(new Found(number, part));
    Place now = before.map(place::after).orElse(place);
    return new Consignment(items, List.of(new Mark(key, now.write())));
  }

  /**
   * What was published under the key is withdrawn, as a report entered in error.
   *
   * @param digest of what withdraws it
   * @return what is to be sent: nothing where nothing was published, or it was withdrawn before
   */
  public Consignment retract(PartSink sink, long number, String key, String digest) {
    Optional<Place> before = sink.recall(key).map(Place::read);
    if (before.isEmpty() || before.get().isEmpty()) {
      return new Consignment(List.of(), List.of());
    }
    Place there = before.get();
    return new Consignment(
        List.of(retracted(number, there)), List.of(new Mark(key, there.emptied(digest).write())));
  }

  private static Retracted retracted(long number, Place place) {
    return new Retracted(
        number,
        new Retraction(
            place.studyId(),
            place.patientId(),
            place.viewIds(),
            place.reportId().stream().toList(),
            place.viewIds().isEmpty() && place.reportId().isEmpty()));
  }

  private Place place(StudyPart part, String digest) {
    return new Place(
        pseudonymizer.study(part.study()),
        pseudonymizer.pseudonym(Space.PATIENT, part.patient()),
        part.views().stream().map(view -> pseudonymizer.view(part.study(), view.key())).toList(),
        part.report().map(Report::getReportId),
        digest);
  }
}
