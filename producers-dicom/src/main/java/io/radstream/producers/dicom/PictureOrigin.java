package io.radstream.producers.dicom;

import io.radstream.deidentification.pixels.Origin;
import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;

/**
 * Where a picture comes from, as far as it tells whether a patient's name may be burned into it.
 * What a header does not say is empty.
 *
 * @param burnedInAnnotation (0028,0301): YES, NO
 * @param recognizableVisualFeatures (0028,0302): YES, NO
 * @param conversionType (0008,0064) of a secondary capture
 * @param rows height of the stored picture, in pixels
 * @param columns width of the stored picture, in pixels
 */
public record ImageOrigin(
    String burnedInAnnotation,
    String recognizableVisualFeatures,
    String manufacturer,
    String modelName,
    String modality,
    String conversionType,
    int rows,
    int columns) {

  public static ImageOrigin of(Dataset header, int rows, int columns) {
    return new ImageOrigin(
        header.text(Tag.BURNED_IN_ANNOTATION).orElse(""),
        header.text(Tag.RECOGNIZABLE_VISUAL_FEATURES).orElse(""),
        header.text(Tag.MANUFACTURER).orElse(""),
        header.text(Tag.MODEL_NAME).orElse(""),
        header.text(Tag.MODALITY).orElse(""),
        header.text(Tag.CONVERSION_TYPE).orElse(""),
        rows,
        columns);
  }

  /** As a picture's guard judges it. */
  public Origin toOrigin() {
    return new Origin(
        burnedInAnnotation,
        recognizableVisualFeatures,
        conversionType,
        modality,
        manufacturer,
        modelName);
  }
}
