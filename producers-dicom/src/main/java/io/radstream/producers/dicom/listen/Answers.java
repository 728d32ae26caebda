package io.radstream.producers.dicom.listen;

import io.radstream.producers.dicom.listen.dimse.Status;
import io.radstream.schemas.RejectionReason;

/**
 * What a sender is answered whose instance is refused for good.
 *
 * @param unwanted where it is whole, and nothing to learn from
 */
record Answers(UnwantedAnswer unwanted) {

  Status of(RejectionReason reason) {
    return switch (reason) {
      case OTHER -> Status.PROCESSING_FAILURE;
      case UNDECODABLE_IMAGE, INVALID_RECORD -> Status.CANNOT_UNDERSTAND;
      case IMAGE_TOO_LARGE, OVERSIZED -> Status.TOO_LARGE;
      default -> unwanted.status("not taken: " + reason.name());
    };
  }
}
