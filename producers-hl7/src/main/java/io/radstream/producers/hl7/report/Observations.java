package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.Hl7Message;
import io.radstream.producers.hl7.message.Hl7Segment;
import io.radstream.producers.hl7.message.UnreadableMessageException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What an order's observations say, as text.
 *
 * @param known sections of a report
 */
record Observations(Section.Known known) {

  private static final Set<String> TEXT = Set.of("TX", "FT", "ST", "");
  private static final Set<String> CODED = Set.of("CE", "CWE", "CNE", "CF");
  private static final int CODED_TEXT = 2;
  private static final int CODED_ORIGINAL = 9;

  /** DICOM's codes of a study: identifiers, not text. */
  private static final Set<String> NOT_OF_REPORT = Set.of("113014", "110180", "121018");

  /**
   * What an order's observations are.
   *
   * @param pieces in the report's order, blank ones too, since they part paragraphs
   * @param standings of the observations that hold
   * @param withdrawn whether there were some, all of them deleted
   * @param textWithoutResult whether one has text, though its status is that there is none
   * @param unread why data that could have been the report was passed over; empty: there was none
   */
  record Read(
      List<Piece> pieces,
      Set<Standing> standings,
      boolean withdrawn,
      boolean textWithoutResult,
      Optional<UnreadableMessageException> unread) {

    boolean hasText() {
      return !standings.isEmpty();
    }
  }

  /**
   * @throws UnreadableMessageException where the status of an observation with text is unknown
   */
  Read read(Order order, Hl7Message message) throws UnreadableMessageException {
    Gathered gathered = new Gathered();
    for (Hl7Segment observation : inOrder(order.observations())) {
      Optional<Standing> standing = Standing.ofObservation(observation.value(11));
      if (standing.equals(Optional.of(Standing.WITHDRAWN))) {
        gathered.withdrawn = true;
        continue;
      }
      Piece piece;
      try {
        piece = piece(observation, message);
      } catch (UnreadableMessageException e) {
        gathered.addUnread(e, standing);
        continue;
      }
      gathered.add(piece, standing);
    }
    return gathered.read();
  }

  private static final class Gathered {
    private final List<Piece> pieces = new ArrayList<>();
    private final List<Standing> standings = new ArrayList<>();
    private Optional<UnreadableMessageException> unread = Optional.empty();
    private boolean withdrawn;
    private boolean textWithoutResult;

    void add(Piece piece, Optional<Standing> standing) throws UnreadableMessageException {
      boolean holds = standing.map(Standing::isText).orElse(true);
      if (piece.isBlank()) {
        pieces.addAll(holds ? List.of(piece) : List.of());
      } else if (holds) {
        pieces.add(piece);
        standings.add(standing.orElseThrow(() -> Standing.unknown("OBX-11", "0085")));
      } else {
        textWithoutResult = true;
      }
    }

    void addUnread(UnreadableMessageException reason, Optional<Standing> standing) {
      if (standing.map(Standing::isText).orElse(true)) {
        unread = Optional.of(reason);
      }
    }

    Read read() {
      boolean nothingHolds = withdrawn && standings.isEmpty();
      return new Read(pieces, Set.copyOf(standings), nothingHolds, textWithoutResult, unread);
    }
  }

  /** By set id, where set ids tell all of them apart; senders that count anew do not mean it. */
  private static List<Hl7Segment> inOrder(List<Hl7Segment> observations) {
    List<Integer> ids =
        observations.stream()
            .map(it -> it.value(1))
            .filter(id -> id.matches("\\d{1,9}"))
            .map(Integer::valueOf)
            .distinct()
            .toList();
    if (ids.size() < observations.size()) {
      return observations;
    }
    return observations.stream()
        .sorted(Comparator.comparingInt(it -> Integer.parseInt(it.value(1))))
        .toList();
  }

  private Piece piece(Hl7Segment observation, Hl7Message message)
      throws UnreadableMessageException {
    Optional<Section> section = known.of(observation);
    String type = observation.value(2).toUpperCase(Locale.ROOT);
    List<String> lines = List.of();
    if (NOT_OF_REPORT.contains(observation.value(3))) {
      return new Piece(section, lines);
    }
    if (TEXT.contains(type)) {
      lines = repetitions(observation).mapToObj(each -> observation.text(5, each)).toList();
    } else if (CODED.contains(type) && section.isPresent()) {
      lines = repetitions(observation).mapToObj(each -> coded(observation, each)).toList();
    } else if (type.equals("ED")) {
      lines = encapsulated(observation, new EncapsulatedText(message.charset()));
    }
    return new Piece(section, lines);
  }

  private static IntStream repetitions(Hl7Segment observation) {
    return IntStream.rangeClosed(1, observation.repetitions(5));
  }

  private static String coded(Hl7Segment observation, int repetition) {
    String original = observation.value(5, repetition, CODED_ORIGINAL);
    return original.isEmpty() ? observation.value(5, repetition, CODED_TEXT) : original;
  }

  private static List<String> encapsulated(Hl7Segment observation, EncapsulatedText reader)
      throws UnreadableMessageException {
    List<String> lines = new ArrayList<>();
    for (int each = 1; each <= observation.repetitions(5); each++) {
      lines.add(reader.read(observation, each));
    }
    return lines;
  }
}
