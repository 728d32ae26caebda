package io.radstream.producers.publish;

/**
 * Something that is done to every part between its source and its records, as taking out what must
 * not leave the hospital.
 */
@FunctionalInterface
public interface PartStep {

  /**
   * @return the part that goes on
   * @throws RefusedStudyException where it may not go on
   */
  StudyPart apply(StudyPart part) throws RefusedStudyException;
}
