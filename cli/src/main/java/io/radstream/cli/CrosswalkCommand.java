package io.radstream.cli;

import io.radstream.producers.crosswalk.CrosswalkEraser;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.RefusedStudyException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream crosswalk}: what the site keeps of which pseudonym is which study. */
@Command(
    name = "crosswalk",
    description =
        "The crosswalk that publishing writes with --crosswalk: by what the hospital knows each"
            + " study, encrypted, at the site.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CrosswalkCommand.Forget.class)
final class CrosswalkCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing command: forget");
  }

  /** {@code radstream crosswalk forget}: one study is erased. */
  @Command(
      name = "forget",
      description = {
        "Erase a study from the crosswalk: its scores cannot be sent back any more, and nobody can"
            + " tell from it which study it was.",
        "",
        "Zeros are written over its entries, while others read and write; copies and backups are"
            + " yours to deal with. A study that is published again is noted again. Exit code 1"
            + " where the crosswalk has no such study, since the identifier may be mistyped."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  radstream crosswalk forget --crosswalk site.crosswalk \\",
        "      --pseudonym-key-file site.key --accession ACC-20260117-0042",
        "  radstream crosswalk forget --crosswalk site.crosswalk \\",
        "      --pseudonym-key-file site.key --pseudonym 5f3a0c..."
      })
  static final class Forget implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private CrosswalkFolderOption crosswalk;
    @Mixin private PseudonymKey key;
    @Mixin private SiteOption site;

    @ArgGroup(multiplicity = "1")
    private Named named;

    /** The one way in which the study is named. */
    private static final class Named {

      @Option(
          names = "--pseudonym",
          paramLabel = "ID",
          description = "Pseudonym of the study, as on the topics.")
      private String pseudonym = "";

      @Option(
          names = "--accession",
          paramLabel = "NUMBER",
          description = "Accession number of the study.")
      private String accession = "";

      @Option(
          names = "--study-uid",
          paramLabel = "UID",
          description = "Study UID of one that has no accession number.")
      private String studyUid = "";
    }

    @Override
    public Integer call() {
      Pseudonymizer pseudonymizer = key.ofHospital();
      int erased;
      try {
        erased =
            new CrosswalkEraser(crosswalk.folder(), pseudonymizer.key())
                .forget(studyId(pseudonymizer));
      } catch (IOException e) {
        throw new ParameterException(spec.commandLine(), "--crosswalk: " + e.getMessage(), e);
      }
      PrintWriter err = spec.commandLine().getErr();
      err.printf("Erased %d entries.%n", erased);
      err.flush();
      return erased > 0 ? Radstream.DONE : Radstream.FAILED;
    }

    private String studyId(Pseudonymizer pseudonymizer) {
      if (!named.pseudonym.isBlank()) {
        return named.pseudonym;
      }
      try {
        return pseudonymizer.study(site.names().study(named.accession, named.studyUid));
      } catch (RefusedStudyException e) {
        throw new ParameterException(spec.commandLine(), "no study is named", e);
      }
    }
  }
}
