package io.radstream.producers.dicom.examination;

import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.publish.Identifying;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whom and what a header names, in it and in its sequences, so that a report can be rid of it. */
public final class NamedInHeader {

  private static final Set<Integer> NAMES =
      Set.of(
          Tag.PATIENT_NAME,
          Tag.OTHER_PATIENT_NAMES,
          Tag.PATIENT_BIRTH_NAME,
          Tag.PATIENT_MOTHER_BIRTH_NAME,
          Tag.RESPONSIBLE_PERSON,
          Tag.REFERRING_PHYSICIAN_NAME,
          Tag.CONSULTING_PHYSICIAN_NAME,
          Tag.PHYSICIANS_OF_RECORD,
          Tag.PERFORMING_PHYSICIAN_NAME,
          Tag.READING_PHYSICIANS,
          Tag.OPERATORS_NAME,
          Tag.REQUESTING_PHYSICIAN,
          Tag.SCHEDULED_PHYSICIAN,
          Tag.INTENDED_RECIPIENTS,
          Tag.ORDER_ENTERED_BY);

  private static final Set<Integer> NUMBERS =
      Set.of(
          Tag.PATIENT_ID,
          Tag.OTHER_PATIENT_IDS,
          Tag.INSURANCE_PLAN,
          Tag.MEDICAL_RECORD_LOCATOR,
          Tag.PATIENT_TELEPHONES,
          Tag.REFERRING_PHYSICIAN_TELEPHONES,
          Tag.PERSON_TELEPHONES,
          Tag.ORDER_CALLBACK_TELEPHONE,
          Tag.ACCESSION_NUMBER,
          Tag.STUDY_ID,
          Tag.ADMISSION_ID,
          Tag.SERVICE_EPISODE_ID,
          Tag.SCHEDULED_STEP_ID,
          Tag.PERFORMED_STEP_ID,
          Tag.REQUESTED_PROCEDURE_ID,
          Tag.PLACER_ORDER_NUMBER,
          Tag.FILLER_ORDER_NUMBER);

  /** Institutions too: they are places. */
  private static final Set<Integer> ADDRESSES =
      Set.of(
          Tag.PATIENT_ADDRESS,
          Tag.REGION_OF_RESIDENCE,
          Tag.REFERRING_PHYSICIAN_ADDRESS,
          Tag.PERSON_ADDRESS,
          Tag.INSTITUTION_NAME,
          Tag.INSTITUTION_ADDRESS,
          Tag.INSTITUTIONAL_DEPARTMENT,
          Tag.CURRENT_PATIENT_LOCATION,
          Tag.PATIENT_RESIDENCE);

  private static final String PERSON_NAME = "PN";

  private NamedInHeader() {}

  public static Identifying of(Dataset header) {
    // A vendor's own elements may hold names as well, and say so.
    Set<String> names =
        header
            .everywhere()
            .flatMap(
                it ->
                    it.tags(tag -> NAMES.contains(tag) || it.represents(tag, PERSON_NAME)).stream()
                        .flatMap(tag -> it.texts(tag).stream()))
            .flatMap(NamedInHeader::writings)
            .collect(Collectors.toCollection(TreeSet::new));
    return new Identifying(names, values(header, NUMBERS), values(header, ADDRESSES))
        .withBirthDates(values(header, Set.of(Tag.PATIENT_BIRTH_DATE)));
  }

  private static Set<String> values(Dataset header, Set<Integer> wanted) {
    return header
        .everywhere()
        .flatMap(it -> it.tags(wanted::contains).stream().flatMap(tag -> it.texts(tag).stream()))
        .filter(value -> !value.isBlank())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** In letters, in ideographs, by sound; each as its parts with blanks between them. */
  private static Stream<String> writings(String name) {
    return Arrays.stream(name.split("="))
        .map(writing -> writing.replace('^', ' ').strip().replaceAll("\\s+", " "))
        .filter(writing -> !writing.isEmpty());
  }
}
