package io.radstream.producers.dicom.deidentify;

import io.radstream.deidentification.dicom.ConfidentialityProfile;
import io.radstream.deidentification.dicom.ProfileOption;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.dicom.edit.Content;
import io.radstream.producers.dicom.edit.EditableDataset;
import io.radstream.producers.dicom.edit.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes into a data set what was done to it, by the codes of PS3.16 CID 7050, and the pseudonyms
 * of its study and patient.
 *
 * @param profile that was applied
 * @param cleanPixels whether pictures were looked at
 */
record Stamp(ConfidentialityProfile profile, boolean cleanPixels) {

  /** Of our private attributes. */
  static final String CREATOR = "RADSTREAM";

  /** Of them, and of nobody else's. */
  static final int GROUP = 0x0013;

  static final int CREATOR_TAG = 0x0013_0010;

  /** Pseudonym of the study: no attribute of the standard takes one at this length. */
  static final int STUDY_TAG = 0x0013_1001;

  private static final String UTF_8 = "ISO_IR 192";

  private record Method(String code, String meaning, Optional<ProfileOption> option) {

    Method(String code, String meaning, ProfileOption option) {
      this(code, meaning, Optional.of(option));
    }
  }

  private static final Method BASIC =
      new Method("113100", "Basic Application Confidentiality Profile", Optional.empty());

  private static final Method PIXELS =
      new Method("113101", "Clean Pixel Data Option", Optional.empty());

  private static final List<Method> OPTIONS =
      List.of(
          new Method("113105", "Clean Descriptors Option", ProfileOption.DESCRIPTORS),
          new Method(
              "113107",
              "Retain Longitudinal Temporal Information Modified Dates Option",
              ProfileOption.MODIFIED_DATES),
          new Method("113108", "Retain Patient Characteristics Option", ProfileOption.PATIENT),
          new Method("113109", "Retain Device Identity Option", ProfileOption.DEVICE),
          new Method("113111", "Retain Safe Private Option", ProfileOption.SAFE_PRIVATE));

  /**
   * @param instanceUid the new one
   * @param study pseudonym of the study
   * @param patient pseudonym of the patient
   */
  void on(EditableDataset data, String instanceUid, String study, String patient) {
    data.put(Tag.SPECIFIC_CHARACTER_SET, "CS", UTF_8);
    data.put(Tag.SOP_INSTANCE_UID, "UI", instanceUid);
    data.put(Tag.PATIENT_NAME, "PN", patient);
    data.put(Tag.PATIENT_ID, "LO", patient);
    data.put(
        new Element(
            Tag.DEIDENTIFICATION_CODES,
            "SQ",
            new Content.Items(methods().stream().map(Stamp::item).toList())));
    if (cleanPixels) {
      data.put(Tag.BURNED_IN_ANNOTATION, "CS", "NO");
    }
    data.put(CREATOR_TAG, "LO", CREATOR);
    data.put(STUDY_TAG, "LO", study);
  }

  private List<Method> methods() {
    List<Method> methods = new ArrayList<>(List.of(BASIC));
    if (cleanPixels) {
      methods.add(PIXELS);
    }
    OPTIONS.stream()
        .filter(method -> method.option().filter(profile::has).isPresent())
        .forEach(methods::add);
    return methods;
  }

  private static EditableDataset item(Method method) {
    EditableDataset item = new EditableDataset();
    Map.of(Tag.CODE_VALUE, method.code(), Tag.CODING_SCHEME, "DCM")
        .forEach((tag, value) -> item.put(tag, "SH", value));
    item.put(Tag.CODE_MEANING, "LO", method.meaning());
    return item;
  }
}
