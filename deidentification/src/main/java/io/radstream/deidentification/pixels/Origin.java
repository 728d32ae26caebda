package io.radstream.deidentification.pixels;

/**
 * What a picture's header tells of where it comes from; empty text for what it does not tell.
 *
 * @param burnedInAnnotation YES or NO
 * @param recognizableFeatures YES or NO: whether the face can be recognised
 * @param conversionType of a secondary capture, as WSD
 */
public record Origin(
    String burnedInAnnotation,
    String recognizableFeatures,
    String conversionType,
    String modality,
    String manufacturer,
    String model) {

  /** Nothing is told. */
  public static final Origin UNKNOWN = new Origin("", "", "", "", "", "");
}
