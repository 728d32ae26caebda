package io.radstream.producers.dicom.deidentify;

import io.radstream.deidentification.dicom.ProfileOption;
import io.radstream.deidentification.pixels.PictureGuard.Treatment;
import io.radstream.deidentification.text.SiteList;
import io.radstream.producers.deidentify.DeidentifyStep.DateOption;
import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.DicomFile;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.Set;

/** A site that has its files de-identified. */
final class Site {

  static final Pseudonymizer PSEUDONYMIZER = Pseudonymizer.withKey("a key of one hospital");
  static final StudyNames NAMES = new StudyNames("north");

  private Site() {}

  static Rules rules(Treatment burnedIn, Optional<BodyParts> radiographs) {
    return rules(burnedIn, radiographs, DateOption.SHIFT);
  }

  static Rules rules(
      Treatment burnedIn,
      Optional<BodyParts> radiographs,
      DateOption dates,
      ProfileOption... retained) {
    return new Rules(
        PSEUDONYMIZER, NAMES, SiteList.EMPTY, dates, burnedIn, radiographs, Set.of(retained));
  }

  static byte[] bytes(Deidentified instance) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    instance.writeTo(out);
    return out.toByteArray();
  }

  static Dataset header(Deidentified instance) throws Exception {
    return DicomFile.read(bytes(instance)).dataset();
  }
}
