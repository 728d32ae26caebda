package io.radstream.producers.publish;

import io.radstream.schemas.RejectionReason;

/** One item of a source: a study, or why there is none. */
public sealed interface SourceItem {

  /** Place in the source, from 1: a line of a file, or a count. */
  long number();

  /** A study with all that its source knows of it. */
  record Found(long number, RawStudy study) implements SourceItem {}

  /**
   * An item that is no study.
   *
   * @param explanation for people; names fields and positions, never their content
   */
  record Refused(long number, RejectionReason reason, String explanation) implements SourceItem {}
}
