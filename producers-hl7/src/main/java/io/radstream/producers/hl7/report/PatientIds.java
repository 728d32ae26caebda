package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.Hl7Segment;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which of a patient's numbers is the one that the site's other systems know the patient by.
 *
 * @param authority whose numbers count; empty: the first that is a medical record number, else the
 *     first
 */
record PatientIds(Optional<String> authority) {

  private static final int ID = 1;
  private static final int AUTHORITY = 4;
  private static final int TYPE = 5;
  private static final String MEDICAL_RECORD = "MR";

  /** Of the fields that have one, the first counts; empty where none has. */
  Optional<String> of(Hl7Segment segment, int... fields) {
    return IntStream.of(fields)
        .mapToObj(field -> all(segment, field).stream().findFirst())
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** All numbers of a field that may stand for the patient, the best first. */
  List<String> all(Hl7Segment segment, int field) {
    List<Integer> given =
        IntStream.rangeClosed(1, segment.repetitions(field))
            .filter(each -> !segment.value(field, each, ID).isEmpty())
            .boxed()
            .toList();
    List<Integer> fitting = given.stream().filter(each -> fits(segment, field, each)).toList();
    boolean anyWillDo = authority.isEmpty() && fitting.isEmpty();
    return (anyWillDo ? given.stream().limit(1).toList() : fitting)
        .stream().map(each -> segment.value(field, each, ID)).toList();
  }

  private boolean fits(Hl7Segment segment, int field, int repetition) {
    return authority
        .map(name -> segment.value(field, repetition, AUTHORITY).equals(name))
        .orElseGet(() -> segment.value(field, repetition, TYPE).equals(MEDICAL_RECORD));
  }
}
