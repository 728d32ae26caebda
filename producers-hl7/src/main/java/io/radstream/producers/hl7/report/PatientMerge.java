package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.ErrorCode;
import io.radstream.producers.hl7.message.Hl7Header;
import io.radstream.producers.hl7.message.Hl7Message;
import io.radstream.producers.hl7.message.Hl7Segment;
import io.radstream.producers.hl7.message.UnreadableMessageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Two numbers stand for the same patient.
 *
 * @param survivor the patient's number from now on
 * @param former the one that is given up
 */
public record PatientMerge(String survivor, String former) {

  /**
   * Merges of patients (A18, A30, A34, A36, A39, A40) and changes of a patient's number (A46, A47).
   * Merges of accounts and visits (A35, A41, A42, A49 and the like) concern no study's patient; A43
   * moves numbers between two patients who stay two.
   */
  private static final Set<String> EVENTS =
      Set.of("A18", "A30", "A34", "A36", "A39", "A40", "A46", "A47");

  /** Whether a message with this header says so. */
  public static boolean isSaidBy(Hl7Header header) {
    return header.type().equals("ADT") && EVENTS.contains(header.event());
  }

  /**
   * @return none where the numbers are the same ones
   * @throws UnreadableMessageException where a number is missing
   */
  public static List<PatientMerge> of(Hl7Message message, ReportRules rules)
      throws UnreadableMessageException {
    PatientIds ids = new PatientIds(rules.patientAuthority());
    List<PatientMerge> merges = new ArrayList<>();
    String survivor = "";
    boolean found = false;
    for (Hl7Segment segment : message.segments()) {
      if (segment.name().equals("PID")) {
        survivor = ids.of(segment, 3, 2).orElse("");
      } else if (segment.name().equals("MRG")) {
        found = true;
        merges.addAll(merges(survivor, ids.all(segment, 1)));
      }
    }
    if (!found) {
      throw missing("there is no segment MRG");
    }
    return merges;
  }

  private static List<PatientMerge> merges(String survivor, List<String> former)
      throws UnreadableMessageException {
    if (survivor.isEmpty() || former.isEmpty()) {
      throw missing("PID-3 or MRG-1 has no number of the patient");
    }
    return former.stream()
        .filter(each -> !each.equals(survivor))
        .map(each -> new PatientMerge(survivor, each))
        .toList();
  }

  private static UnreadableMessageException missing(String explanation) {
    return new UnreadableMessageException(ErrorCode.REQUIRED_FIELD_MISSING, explanation);
  }
}
