package io.radstream.producers.dicom.deidentify;

import io.radstream.deidentification.dicom.ProfileOption;
import io.radstream.deidentification.pixels.PictureGuard.Treatment;
import io.radstream.deidentification.text.TextScrubber;
import io.radstream.producers.deidentify.DeidentifyStep.DateOption;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import java.util.Optional;
import java.util.Set;

/**
 * How a site's files are de-identified: the same as its studies are published.
 *
 * @param scrubber of text
 * @param dates what becomes of them
 * @param burnedIn what becomes of pictures that show text
 * @param radiographs which ones are taken; empty where whatever the files hold is taken
 * @param retained what stays by choice: characteristics of the patient, identity of the device
 */
public record Rules(
    Pseudonymizer pseudonymizer,
    StudyNames names,
    TextScrubber scrubber,
    DateOption dates,
    Treatment burnedIn,
    Optional<BodyParts> radiographs,
    Set<ProfileOption> retained) {

  private static final Set<ProfileOption> RETAINABLE =
      Set.of(ProfileOption.PATIENT, ProfileOption.DEVICE);

  /**
   * @throws IllegalArgumentException where something else is to stay
   */
  public Rules {
    retained = Set.copyOf(retained);
    if (!RETAINABLE.containsAll(retained)) {
      throw new IllegalArgumentException("of a file only %s can stay".formatted(RETAINABLE));
    }
  }
}
