package io.radstream.cli;

import io.radstream.deidentification.dicom.ProfileOption;
import io.radstream.producers.dicom.deidentify.DeidentifiedDirectory;
import io.radstream.producers.dicom.deidentify.DeidentifySummary;
import io.radstream.producers.dicom.deidentify.DeidentifySummary.Refusal;
import io.radstream.producers.dicom.deidentify.FileDeidentifier;
import io.radstream.producers.dicom.deidentify.Rules;
import io.radstream.producers.dicom.directory.FileTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream deidentify dicom}: DICOM files to DICOM files. */
@Command(
    name = "dicom",
    description = {
      "Write the DICOM files under a directory anew, without what identifies, by PS3.15 Annex E:"
          + " the Basic profile with safe private attributes, modified dates, clean descriptors"
          + " and clean pixel data, and if you wish the patient's characteristics (--keep-patient)"
          + " and the device's identity (--keep-device).",
      "",
      "With the key and --site of publish dicom a study has the same pseudonym: it names the folder"
          + " of the study's files, and radstream lineage --study tells what learned from it. A file"
          + " that is there is never written over; run it again, and only what is new is written."
    },
    footer = {
      "",
      "Examples:",
      "  radstream deidentify dicom --path /archive/2026 --out /research/2026 \\",
      "      --pseudonym-key-file site.key",
      "  radstream deidentify dicom --path /archive/2026 --out /research/2026 \\",
      "      --pseudonym-key-file site.key --burned-in blank --json",
      "  radstream deidentify dicom --path /archive/2026 --out /research/2026 \\",
      "      --pseudonym-key-file site.key --keep-patient --keep-device",
      "",
      "What becomes of each attribute is described in docs/deidentification.md.",
      "Exit code 1 where the files are not all written: another one was in the",
      "place, or it was asked to stop. Refused files are told with the reason."
    })
final class DeidentifyDicomCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private PseudonymKey key;
  @Mixin private SiteOption site;
  @Mixin private DicomOptions dicom;
  @Mixin private ScrubOptions scrub;
  @Mixin private JsonSummary json;

  @Option(
      names = "--path",
      paramLabel = "DIR",
      required = true,
      description = "The directory; links in it are not followed.")
  private Path directory;

  @Option(
      names = "--out",
      paramLabel = "DIR2",
      required = true,
      description = "Where the new files go; made if it is not there. Not within --path.")
  private Path output;

  @Option(
      names = "--any-modality",
      description =
          "Take whatever the files hold, not only the radiographs that publish dicom takes.")
  private boolean anyModality;

  @Option(
      names = "--keep-patient",
      description =
          "Keep sex, age (90 for all that are older), size, weight and what else PS3.15 calls"
              + " characteristics of the patient.")
  private boolean keepPatient;

  @Option(
      names = "--keep-device",
      description = "Keep what names the device: serial number, station, detector, plate.")
  private boolean keepDevice;

  @Override
  public Integer call() throws IOException, InterruptedException {
    FileTree tree = tree();
    Path out = outside(tree);
    AtomicBoolean wanted = new AtomicBoolean(true);
    AtomicReference<DeidentifySummary> summary = new AtomicReference<>();
    GracefulStop.during(
        () -> {
          summary.set(deidentified(tree, out, wanted));
          // The summary is part of what must not be cut off.
          explain(summary.get());
          json.print(summary.get());
        },
        () -> wanted.set(false));
    boolean all = summary.get().complete() && summary.get().taken() == 0;
    return all ? Radstream.DONE : Radstream.FAILED;
  }

  private Rules rules() {
    return new Rules(
        key.ofHospital(),
        site.names(),
        scrub.siteList(),
        scrub.dates(),
        scrub.burnedIn(),
        anyModality ? Optional.empty() : Optional.of(dicom.bodyParts()),
        retained());
  }

  private Set<ProfileOption> retained() {
    Set<ProfileOption> retained = EnumSet.noneOf(ProfileOption.class);
    if (keepPatient) {
      retained.add(ProfileOption.PATIENT);
    }
    if (keepDevice) {
      retained.add(ProfileOption.DEVICE);
    }
    return retained;
  }

  private FileTree tree() throws IOException {
    try {
      return FileTree.of(directory);
    } catch (NotDirectoryException e) {
      throw usage("--path: there is no such directory");
    }
  }

  /** What is written must not be read. */
  private Path outside(FileTree tree) throws IOException {
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw usage("--out: a file is there");
    }
    Path out = Files.createDirectories(output).toRealPath();
    if (out.startsWith(tree.root())) {
      throw usage("--out must not lie within --path");
    }
    return out;
  }

  private DeidentifySummary deidentified(FileTree tree, Path out, AtomicBoolean wanted)
      throws IOException {
    try (FileDeidentifier deidentifier = new FileDeidentifier(rules())) {
      return withProgressBar(
          new DeidentifiedDirectory(tree, out, deidentifier, InstantSource.system()), wanted);
    }
  }

  private static DeidentifySummary withProgressBar(
      DeidentifiedDirectory run, AtomicBoolean wanted) {
    try (ProgressBar bar =
        TerminalBar.of("De-identifying", " files").setInitialMax(-1).showSpeed().build()) {
      return run.run(wanted::get, bar::stepTo);
    }
  }

  private void explain(DeidentifySummary summary) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "Wrote %d files of %d studies in %.1f s; %d were there before; refused %d.%n",
        summary.written(),
        summary.studies(),
        summary.seconds(),
        summary.unchanged(),
        summary.refusedTotal());
    err.printf("Passed over: %d no DICOM.%n", summary.noDicom());
    summary.refused().forEach((reason, count) -> err.printf("  refused %s: %d%n", reason, count));
    for (Refusal refusal : summary.refusals()) {
      err.printf("  file %d: %s%n", refusal.number(), refusal.explanation());
    }
    long more = summary.refusedTotal() + summary.taken() - summary.refusals().size();
    if (more > 0) {
      err.printf("  and %d more%n", more);
    }
    if (summary.unfinished() > 0) {
      err.printf(
          "%d files changed or vanished while they were read; run it again for them.%n",
          summary.unfinished());
    }
    if (!summary.complete()) {
      err.println("It was asked to stop: run it again for the rest.");
    }
    err.flush();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
