package io.radstream.cli;

import io.radstream.deidentification.pixels.PictureGuard;
import io.radstream.deidentification.text.SiteList;
import io.radstream.deidentification.text.TextScrubber;
import io.radstream.producers.deidentify.DeidentifyStep.DateOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: how text, dates and pictures are de-identified. */
final class ScrubOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

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

  /** Whether anything is chosen. */
  boolean isChosen() {
    return list.isPresent() || dates.isPresent() || burnedIn.isPresent();
  }

  DateOption dates() {
    return dates.orElse(DateOption.SHIFT);
  }

  PictureGuard.Treatment burnedIn() {
    return burnedIn.orElse(PictureGuard.Treatment.REFUSE);
  }

  TextScrubber scrubber() {
    return new TextScrubber(siteList());
  }

  /**
   * @throws ParameterException where it cannot be read
   */
  SiteList siteList() {
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
