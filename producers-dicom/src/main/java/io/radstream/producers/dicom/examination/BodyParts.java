package io.radstream.producers.dicom.examination;

/** Which radiographs are taken, by what their headers say of the body part. */
public enum BodyParts {
  /** Those that a header calls a chest. */
  CHEST,
  /** Those too whose headers name no body part, as many of real digital radiographs. */
  UNSTATED,
  /** All of them: whoever feeds the source has chosen. */
  ANY
}
