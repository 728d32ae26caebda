package io.radstream.producers.publish;

import io.radstream.schemas.RejectionReason;

/** One item of a source: a part of a study, why there is none, or what corrects earlier items. */
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

  /** What was sent of a study is not of that study. */
  record Retracted(long number, Retraction retraction) implements SourceItem {}

  /**
   * Two patients were one: the studies of the former are the survivor's.
   *
   * @param survivor identifies the patient, as {@link StudyPart#patient}
   * @param former identified the same patient until now
   */
  record Merged(long number, String survivor, String former) implements SourceItem {}
}
