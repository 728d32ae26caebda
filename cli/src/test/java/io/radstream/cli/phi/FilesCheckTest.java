package io.radstream.cli.phi;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.deidentification.dicom.ProfileOption;
import io.radstream.deidentification.pixels.PictureGuard.Treatment;
import io.radstream.deidentification.text.SiteList;
import io.radstream.producers.deidentify.DeidentifyStep.DateOption;
import io.radstream.producers.dicom.deidentify.Rules;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FilesCheckTest {

  @Test
  void shouldLetNoCanaryIntoFiles() throws Exception {
    FilesCheck.Outcome outcome = new FilesCheck(rules(DateOption.SHIFT, Set.of())).run(5);

    assertThat(outcome.leaks()).isEmpty();
    assertThat(outcome.canaries()).isGreaterThan(5_000);
  }

  @Test
  void shouldLetNoCanaryIntoFilesThatKeepTheDeviceAndWhatThePatientIsLike() throws Exception {
    Set<ProfileOption> retained = Set.of(ProfileOption.PATIENT, ProfileOption.DEVICE);

    FilesCheck.Outcome outcome = new FilesCheck(rules(DateOption.REMOVE, retained)).run(5);

    assertThat(outcome.leaks()).isEmpty();
    assertThat(outcome.canaries()).isGreaterThan(5_000);
  }

  private static Rules rules(DateOption dates, Set<ProfileOption> retained) {
    return new Rules(
        Pseudonymizer.demo(),
        new StudyNames(""),
        SiteList.EMPTY,
        dates,
        Treatment.REFUSE,
        Optional.of(BodyParts.CHEST),
        retained);
  }
}
