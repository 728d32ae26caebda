package io.radstream.producers.dicom;

import io.radstream.deidentification.pixels.Origin;
import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;

/**
 * Where a picture comes from by its header, as far as it tells whether a patient's name may be
 * burned into it.
 */
public final class PictureOrigin {

  private PictureOrigin() {}

  public static Origin of(Dataset header) {
    return new Origin(
        text(header, Tag.BURNED_IN_ANNOTATION),
        text(header, Tag.RECOGNIZABLE_VISUAL_FEATURES),
        text(header, Tag.CONVERSION_TYPE),
        text(header, Tag.MODALITY),
        text(header, Tag.MANUFACTURER),
        text(header, Tag.MODEL_NAME));
  }

  private static String text(Dataset header, int tag) {
    return header.text(tag).orElse("");
  }
}
