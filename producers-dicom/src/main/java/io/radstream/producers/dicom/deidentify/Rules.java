package io.radstream.producers.dicom.deidentify;

import io.radstream.deidentification.pixels.PictureGuard.Treatment;
import io.radstream.deidentification.text.TextScrubber;
import io.radstream.producers.deidentify.DeidentifyStep.DateOption;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import java.util.Optional;

/**
 * How a site's files are de-identified: the same as its studies are published.
 *
 * @param scrubber of text
 * @param dates what becomes of them
 * @param burnedIn what becomes of pictures that show text
 * @param radiographs which ones are taken; empty where whatever the files hold is taken
 */
public record Rules(
    Pseudonymizer pseudonymizer,
    StudyNames names,
    TextScrubber scrubber,
    DateOption dates,
    Treatment burnedIn,
    Optional<BodyParts> radiographs) {}
