package io.radstream.cli;

import io.radstream.producers.publish.RefusedStudyException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: the study that a command is about. */
final class StudyOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @ArgGroup(multiplicity = "1")
  private Named named;

  @Mixin private SiteOption site;

  @Option(
      names = "--pseudonym-key-file",
      paramLabel = "FILE",
      description =
          "Key that the study was published with; needed where it is named as at the site.")
  private Optional<Path> keyFile;

  /** The one way in which the study is named. */
  private static final class Named {

    @Option(
        names = "--study",
        paramLabel = "ID",
        description =
            "Pseudonym of the study, as on the topics; with --pseudonym-key-file the identifier that"
                + " its file named it by.")
    private Optional<String> study = Optional.empty();

    @Option(
        names = "--accession",
        paramLabel = "NUMBER",
        description = "Accession number of a study that came from the hospital's systems.")
    private Optional<String> accession = Optional.empty();

    @Option(
        names = "--study-uid",
        paramLabel = "UID",
        description = "Study UID of one that has no accession number.")
    private Optional<String> studyUid = Optional.empty();
  }

  /**
   * @throws ParameterException where the study is not named or the key cannot be used
   */
  String pseudonym() {
    if (named.study.isPresent() && keyFile.isEmpty()) {
      return requireNamed(named.study.get(), "--study");
    }
    if (keyFile.isEmpty()) {
      throw usage("--accession and --study-uid need --pseudonym-key-file");
    }
    try {
      return new KeyFile(keyFile.get()).read(command.commandLine().getErr()).study(identifier());
    } catch (IOException e) {
      throw usage("--pseudonym-key-file: cannot read " + keyFile.get());
    } catch (IllegalArgumentException e) {
      throw usage("--pseudonym-key-file: " + e.getMessage());
    }
  }

  private String identifier() {
    if (named.study.isPresent()) {
      return requireNamed(named.study.get(), "--study");
    }
    String accession = named.accession.map(it -> requireNamed(it, "--accession")).orElse("");
    String uid = named.studyUid.map(it -> requireNamed(it, "--study-uid")).orElse("");
    try {
      return site.names().study(accession, uid);
    } catch (RefusedStudyException e) {
      throw usage(e.getMessage());
    }
  }

  private String requireNamed(String identifier, String option) {
    if (identifier.isBlank()) {
      throw usage(option + ": no study is named");
    }
    return identifier;
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
