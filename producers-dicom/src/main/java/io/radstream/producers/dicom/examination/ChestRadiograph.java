package io.radstream.producers.dicom.examination;

import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.schemas.RejectionReason;
import java.util.Locale;
import java.util.Set;

/** Refuses what is no radiograph of a chest, as far as a header tells. */
public final class ChestRadiograph {

  /** Computed and digital radiography; film; a name that some devices use against the standard. */
  private static final Set<String> RADIOGRAPHY = Set.of("CR", "DX", "RG", "DR");

  /** Of pictures that were made of pictures: they may show anything. */
  private static final Set<String> SECONDARY = Set.of("OT", "SC", "");

  private static final String FOR_PROCESSING = "FOR PROCESSING";

  private ChestRadiograph() {}

  /**
   * @throws RefusedStudyException where the header names another modality or body part, or none
   *     though it should
   */
  public static void require(Dataset header, BodyParts accepted) throws RefusedStudyException {
    String modality = capitals(header, Tag.MODALITY);
    if (!RADIOGRAPHY.contains(modality) && !SECONDARY.contains(modality)) {
      throw refused("the modality (0008,0060) is none of CR, DX, RG and OT");
    }
    if (capitals(header, Tag.PRESENTATION_INTENT_TYPE).equals(FOR_PROCESSING)) {
      throw refused("the image is a detector's raw one (0008,0068), not the one for presentation");
    }
    if (accepted == BodyParts.ANY) {
      return;
    }
    BodyPart part = BodyPart.of(header);
    if (part == BodyPart.OTHER) {
      throw refused("the header names another body part than the chest");
    }
    boolean mustSay = accepted == BodyParts.CHEST || SECONDARY.contains(modality);
    if (part == BodyPart.UNSTATED && mustSay) {
      throw refused(
          accepted == BodyParts.CHEST
              ? "the header names no body part; --body-part tells whether such images are taken"
              : "the header of a secondary capture names no body part");
    }
  }

  private static String capitals(Dataset header, int tag) {
    return header.text(tag).orElse("").toUpperCase(Locale.ROOT);
  }

  private static RefusedStudyException refused(String explanation) {
    return new RefusedStudyException(RejectionReason.OTHER_EXAMINATION, explanation);
  }
}
