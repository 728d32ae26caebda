package io.radstream.producers.dicom.deidentify;

import io.radstream.deidentification.dicom.ProfileOption;
import io.radstream.deidentification.pixels.PictureGuard.Treatment;
import io.radstream.deidentification.text.SiteList;
import io.radstream.producers.deidentify.DeidentifyStep.DateOption;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a site's files are de-identified: the same as its studies are published.
 *
 * @param listed words of the site that go out of text
 * @param dates what becomes of them
 * @param burnedIn what becomes of pictures that show text
 * @param radiographs which ones are taken; empty where whatever the files hold is taken
 * @param retained what stays by choice: characteristics of the patient, identity of the device
 */
public record Rules(
    Pseudonymizer pseudonymizer,
    StudyNames names,
    SiteList listed,
    DateOption dates,
    Treatment burnedIn,
    Optional<BodyParts> radiographs,
    Set<ProfileOption> retained) {

  /** Raised where a new version takes out more: files that are there are looked at again then. */
  private static final int FORM = 2;

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

  /** All that decides what comes out of a file, but for the key: the same, the same text. */
  String settings() {
    return Stream.of(
            "form " + FORM,
            names.site(),
            dates,
            burnedIn,
            radiographs,
            new TreeSet<>(retained),
            listed.entries())
        .map(Object::toString)
        .collect(Collectors.joining("\0"));
  }
}
