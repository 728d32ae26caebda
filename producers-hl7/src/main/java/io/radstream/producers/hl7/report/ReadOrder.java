package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.UnreadableMessageException;
import io.radstream.producers.hl7.report.Observations.Read;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An order, and what it comes to.
 *
 * @param accessions of its studies
 */
record ReadOrder(Order order, Read observations, Standing standing, Set<String> accessions) {

  /**
   * @throws UnreadableMessageException where its status is none of HL7's
   */
  static ReadOrder of(Order order, Read observations, ReportRules rules)
      throws UnreadableMessageException {
    return new ReadOrder(
        order,
        observations,
        standing(order, observations, rules),
        new Accessions(rules.accessionFields()).of(order));
  }

  private static Standing standing(Order order, Read observations, ReportRules rules)
      throws UnreadableMessageException {
    boolean added =
        rules.addedIsAmended() || observations.pieces().stream().anyMatch(Piece::isAddendum);
    Standing ofOrder =
        Standing.ofOrder(order.value("OBR", 25), added ? Standing.AMENDED : Standing.PRELIMINARY);
    return observations.withdrawn() ? Standing.WITHDRAWN : ofOrder.with(observations.standings());
  }

  boolean isReport() {
    return standing.isText() && observations.hasText();
  }

  boolean isWithdrawn() {
    return standing == Standing.WITHDRAWN;
  }

  /** A result is said to be there, and is not. */
  boolean isEmpty() {
    return (standing == Standing.FINAL || standing == Standing.AMENDED) && !observations.hasText();
  }

  /** No result is said to be there, and is. */
  boolean isContradicted() {
    return standing == Standing.NONE && observations.hasText();
  }

  /**
   * The filler's number, else the placer's, with the namespace that it is unique in, else the
   * accession number; empty where none is there.
   */
  String number() {
    return Stream.of(
            number("OBR", 3),
            number("ORC", 3),
            number("OBR", 2),
            number("ORC", 2),
            String.join(",", accessions),
            Accessions.studyUid(order))
        .filter(it -> !it.isEmpty())
        .findFirst()
        .orElse("");
  }

  private String number(String segment, int field) {
    String number = order.value(segment, field);
    String namespace = order.first(segment).map(it -> it.value(field, 1, 2)).orElse("");
    return number.isEmpty() || namespace.isEmpty() ? number : number + "^" + namespace;
  }

  /** The same studies, in any order. */
  Set<String> studies() {
    Set<String> studies = new LinkedHashSet<>(accessions);
    if (studies.isEmpty()) {
      studies.add(Accessions.studyUid(order));
    }
    return studies;
  }
}
