package io.radstream.cli;

import io.radstream.deidentification.pixels.Origin;
import io.radstream.deidentification.pixels.PictureGuard;
import io.radstream.deidentification.text.SiteList;
import io.radstream.deidentification.text.TextScrubber;
import io.radstream.producers.deidentify.DeidentifyStep;
import io.radstream.producers.deidentify.DeidentifyStep.DateOption;
import io.radstream.producers.dicom.ImageOrigin;
import io.radstream.producers.dicom.PictureRule;
import io.radstream.producers.publish.PartStep;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.schemas.RejectionReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  @Option(
      names = "--scrub-list",
      paramLabel = "FILE",
      description = "A word, a phrase or a /regular expression/ a line that never leaves the site.")
  private Optional<Path> list;

  @Option(
      names = "--dates",
      paramLabel = "WHAT",
      description = "SHIFT: by the patient's keyed offset. REMOVE. Default: SHIFT.")
  private Optional<DateOption> dates;

  @Option(
      names = "--burned-in",
      paramLabel = "WHAT",
      description = "Pictures with text: REFUSE, BLANK it, or KEEP. Default: REFUSE.")
  private Optional<PictureGuard.Treatment> burnedIn = Optional.empty();

  /**
   * @param hospital whether the source is a hospital's own system
   */
  List<PartStep> steps(boolean hospital, Pseudonymizer pseudonymizer) {
    if (!isOn(hospital)) {
      warn(hospital);
      return List.of();
    }
    return List.of(
        new DeidentifyStep(
            pseudonymizer.key(),
            new TextScrubber(siteList()),
            guard(),
            dates.orElse(DateOption.SHIFT)));
  }

  /** What the site's own list has; nothing where nothing is taken out. */
  List<SiteList.Entry> listed(boolean hospital) {
    return isOn(hospital) ? siteList().entries() : List.of();
  }

  /** What a picture's DICOM header tells of it. */
  PictureRule pictureRule(boolean hospital) {
    if (!isOn(hospital)) {
      return PictureRule.NONE;
    }
    PictureGuard guard = guard();
    return (origin, image) -> {
      PictureGuard.Judged judged = guard.byOrigin(origin(origin), image);
      if (judged.refusal().isPresent()) {
        throw new RefusedStudyException(RejectionReason.BURNED_IN_TEXT, judged.refusal().get());
      }
      return judged.image();
    };
  }

  private static Origin origin(ImageOrigin origin) {
    return new Origin(
        origin.burnedInAnnotation(),
        origin.recognizableVisualFeatures(),
        origin.conversionType(),
        origin.modality(),
        origin.manufacturer(),
        origin.modelName());
  }

  private boolean isOn(boolean hospital) {
    return chosen == null ? hospital : chosen;
  }

  private PictureGuard guard() {
    return new PictureGuard(burnedIn.orElse(PictureGuard.Treatment.REFUSE));
  }

  private void warn(boolean hospital) {
    if (list.isPresent() || dates.isPresent() || burnedIn.isPresent()) {
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

  private SiteList siteList() {
    if (list.isEmpty()) {
      return SiteList.EMPTY;
    }
    try {
      return SiteList.read(list.get());
    } catch (IOException e) {
      throw usage("--scrub-list: cannot read " + list.get() + " as UTF-8 text");
    } catch (IllegalArgumentException e) {
      throw usage("--scrub-list: " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
