package io.radstream.cli;

import io.radstream.producers.publish.StudyNames;
import picocli.CommandLine.Option;

/** Mixin: which site's studies they are. */
final class SiteOption {

  @Option(
      names = "--site",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "Tells apart sites that share topics and a key, and whose accession or patient numbers"
              + " may be the same. Give all sources of a site the same name (default: none).")
  private String site;

  StudyNames names() {
    return new StudyNames(site);
  }
}
