package io.radstream.producers.publish;

import io.radstream.schemas.RejectionReason;

/** One item of a source: a part of a study, or why there is none. */
public sealed interface SourceItem {

  /** Place in the source, from 1: a line of a file, or a count. */
  long number();

  /** What the source knows of a study. */
  record Found(long number, StudyPart part) implements SourceItem {}

  /**
   * An item that is no study.
   *
   * @param explanation for people; names fields and positions, never their content
   */
  record Refused(long number, RejectionReason reason, String explanation) implements SourceItem {}
}
