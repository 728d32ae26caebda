package io.radstream.cli;

import io.radstream.deidentification.pixels.PictureGuard;
import io.radstream.deidentification.pixels.PictureGuard.Look;
import io.radstream.deidentification.text.SiteList;
import io.radstream.producers.deidentify.DeidentifyStep;
import io.radstream.producers.dicom.PictureRule;
import io.radstream.producers.dicom.deidentify.Rules;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.PartStep;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyNames;
import io.radstream.schemas.RejectionReason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: what is taken out of studies before they are sent. */
final class DeidentifyOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--deidentify",
      negatable = true,
      description = {
        "Scrub reports, shift dates and look for text burned into pictures before anything is sent.",
        "Default: on for a hospital's own systems, off for files, phantoms and public sets."
      })
  private Boolean chosen;

  @Mixin private ScrubOptions scrub;

  /**
   * @param hospital whether the source is a hospital's own system
   * @param look what is looked for in pictures
   */
  List<PartStep> steps(boolean hospital, Pseudonymizer pseudonymizer, Look look) {
    if (!isOn(hospital)) {
      warn(hospital);
      return List.of();
    }
    return List.of(
        new DeidentifyStep(pseudonymizer.key(), scrub.scrubber(), guard(look), scrub.dates()));
  }

  /** For files of DICOM that are written; the same, whether it is on or off. */
  Rules fileRules(Pseudonymizer pseudonymizer) {
    return new Rules(
        pseudonymizer,
        new StudyNames(""),
        scrub.siteList(),
        scrub.dates(),
        scrub.burnedIn(),
        Optional.of(BodyParts.CHEST),
        Set.of());
  }

  /** What the site's own list has; nothing where nothing is taken out. */
  List<SiteList.Entry> listed(boolean hospital) {
    return isOn(hospital) ? scrub.siteList().entries() : List.of();
  }

  /** What a picture's DICOM header tells of it. */
  PictureRule pictureRule(boolean hospital) {
    if (!isOn(hospital)) {
      return PictureRule.NONE;
    }
    PictureGuard guard = guard(Look.FOR_SMALL_VIEWS);
    return (origin, image) -> {
      PictureGuard.Judged judged = guard.byOrigin(origin, image);
      if (judged.refusal().isPresent()) {
        throw new RefusedStudyException(RejectionReason.BURNED_IN_TEXT, judged.refusal().get());
      }
      return judged.image();
    };
  }

  private boolean isOn(boolean hospital) {
    return chosen == null ? hospital : chosen;
  }

  private PictureGuard guard(Look look) {
    return new PictureGuard(scrub.burnedIn(), look);
  }

  private void warn(boolean hospital) {
    if (scrub.isChosen()) {
      throw usage(
          "--scrub-list, --dates and --burned-in: nothing is taken out without --deidentify");
    }
    if (hospital) {
      spec.commandLine()
          .getErr()
          .println(
              "WARNING: --no-deidentify: reports, dates and pictures are sent AS THEY ARE, with the"
                  + " names, numbers and dates that stand in them.");
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
