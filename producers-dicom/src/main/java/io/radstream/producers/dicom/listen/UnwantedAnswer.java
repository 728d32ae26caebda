package io.radstream.producers.dicom.listen;

import io.radstream.producers.dicom.listen.dimse.Status;

/** What a sender is answered whose instance is whole, and nothing to learn from. */
public enum UnwantedAnswer {
  /** B006H: senders go on, and their logs show it. */
  WARNING,
  /** 0000H: for senders that stop at a warning. */
  SUCCESS,
  /** C002H: for sites where somebody looks after each that is not taken. */
  FAILURE;

  Status status(String comment) {
    return switch (this) {
      case WARNING -> Status.discarded(comment);
      case SUCCESS -> Status.SUCCESS;
      case FAILURE -> Status.notWanted(comment);
    };
  }
}
