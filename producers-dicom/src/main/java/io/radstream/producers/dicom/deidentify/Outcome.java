package io.radstream.producers.dicom.deidentify;

import io.radstream.schemas.RejectionReason;

/** What a file gives. */
sealed interface Outcome {

  /** It can be put into its place. */
  record Ready(OutputFolder.Written file) implements Outcome {}

  /** A former run has put it there. */
  record Done(String study) implements Outcome {}

  /** It is not written; the explanation holds nothing of its content. */
  record Refused(RejectionReason reason, String explanation) implements Outcome {}

  /** It is none of ours. */
  record NoDicom() implements Outcome {}

  /** Somebody is at work on it. */
  record Unfinished() implements Outcome {}
}
