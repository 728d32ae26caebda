package io.radstream.producers.crosswalk;

import io.radstream.producers.publish.KnownStudy;
import io.radstream.producers.publish.PartStep;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StepUnavailableException;
import io.radstream.producers.publish.StudyPart;
import java.io.IOException;

/**
 * Notes by what others know the study of a part, before the part goes out, so that nothing can come
 * back of a study that is not noted. The last of all steps: what they refuse is not noted.
 */
public record CrosswalkStep(CrosswalkWriter crosswalk, Pseudonymizer pseudonymizer)
    implements PartStep {

  @Override
  public StudyPart apply(StudyPart part) {
    if (!part.known().equals(KnownStudy.UNKNOWN)) {
      try {
        crosswalk.note(pseudonymizer.study(part.study()), part.known());
      } catch (IOException e) {
        throw new StepUnavailableException("the crosswalk cannot be written", e);
      }
    }
    return part;
  }
}
