package io.radstream.producers.dicom.examination;

import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a header says of the body part. The first attribute that says anything decides. */
enum BodyPart {
  CHEST,
  OTHER,
  UNSTATED;

  /** Beginnings of words, in some languages. */
  private static final Set<String> CHEST_WORDS =
      Set.of("CHEST", "THORA", "TORAX", "TORAC", "CXR", "LUNG", "PULMO", "POUMON", "BRUSTKORB");

  private static final Set<String> OTHER_WORDS =
      Set.of(
          "ABDOMEN",
          "ABD",
          "ANKLE",
          "ARM",
          "BREAST",
          "CALCANEUS",
          "CERVICAL",
          "CLAVICLE",
          "COCCYX",
          "CSPINE",
          "DENTAL",
          "ELBOW",
          "EXTREMITY",
          "FACIAL",
          "FEMUR",
          "FIBULA",
          "FINGER",
          "FOOT",
          "FOREARM",
          "HAND",
          "HEAD",
          "HEEL",
          "HIP",
          "HIPS",
          "HUMERUS",
          "JAW",
          "KNEE",
          "KNEES",
          "KUB",
          "LEG",
          "LSPINE",
          "LUMBAR",
          "MAMMO",
          "NECK",
          "PELVIS",
          "RIB",
          "RIBS",
          "SACRUM",
          "SCAPULA",
          "SHOULDER",
          "SINUS",
          "SKULL",
          "SPINE",
          "SSPINE",
          "STERNUM",
          "THUMB",
          "TIBIA",
          "TOE",
          "TSPINE",
          "WRIST",
          "WIRBELSAULE",
          "COLUMNA",
          "RACHIS");

  private static final Set<String> NOTHING_SAID =
      Set.of("UNKNOWN", "NONE", "OTHER", "ANY", "UNSPECIFIED", "UNDEFINED", "DEFAULT");

  /** Thorax, in the older code and in the newer ones. */
  private static final Set<String> CHEST_CODES = Set.of("T-D3000", "51185008", "816094009");

  private static final List<Integer> DESCRIPTIONS =
      List.of(
          Tag.SERIES_DESCRIPTION,
          Tag.PROTOCOL_NAME,
          Tag.PROCESSING_DESCRIPTION,
          Tag.PERFORMED_STEP_DESCRIPTION,
          Tag.REQUESTED_PROCEDURE_DESCRIPTION,
          Tag.STUDY_DESCRIPTION);

  static BodyPart of(Dataset header) {
    BodyPart said = ofTerm(header.text(Tag.BODY_PART_EXAMINED).orElse(""));
    for (Dataset code : header.items(Tag.ANATOMIC_REGION_SEQUENCE)) {
      said = said == UNSTATED ? ofCode(code) : said;
    }
    for (int description : DESCRIPTIONS) {
      said = said == UNSTATED ? ofText(header.text(description)) : said;
    }
    for (Dataset code : header.items(Tag.VIEW_CODE_SEQUENCE)) {
      said = said == UNSTATED ? ofText(code.text(Tag.CODE_MEANING)) : said;
    }
    return said;
  }

  private static BodyPart ofCode(Dataset code) {
    return code.text(Tag.CODE_VALUE).filter(CHEST_CODES::contains).isPresent()
        ? CHEST
        : ofTerm(code.text(Tag.CODE_MEANING).orElse(""));
  }

  /** Where a body part is due, an unknown word names another one. */
  private static BodyPart ofTerm(String term) {
    Words words = Words.of(term);
    if (words.isEmpty() || words.hasAny(NOTHING_SAID)) {
      return UNSTATED;
    }
    boolean chest = words.beginsAny(CHEST_WORDS);
    return chest ? ofText(Optional.of(term)) : OTHER;
  }

  /** A text that names the chest and something else leaves the question to the next one. */
  private static BodyPart ofText(Optional<String> text) {
    Words words = Words.of(text.orElse(""));
    boolean chest = words.beginsAny(CHEST_WORDS);
    boolean other = words.hasAny(OTHER_WORDS);
    if (chest && words.hasAny(Set.of("SPINE", "WIRBELSAULE", "COLUMNA", "RACHIS"))) {
      return OTHER;
    }
    if (chest == other) {
      return UNSTATED;
    }
    return chest ? CHEST : OTHER;
  }
}
