package io.radstream.cli;

import io.radstream.producers.dicom.RadiographReader;
import io.radstream.producers.dicom.directory.DirectorySource;
import io.radstream.producers.dicom.directory.FileCounts;
import io.radstream.producers.dicom.directory.WatchedDirectory;
import io.radstream.producers.publish.Placements;
import io.radstream.producers.publish.Pseudonymizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream publish dicom}: radiographs in the files of a directory. */
@Command(
    name = "dicom",
    modelTransformer = WithoutLabels.class,
    description = {
      "Publish the chest radiographs in the DICOM files under a directory, whatever they are"
          + " called. What was published is remembered: run it again, and only new and changed"
          + " files are sent."
    },
    footer = {
      "",
      "Examples:",
      "  radstream publish dicom --path /archive/2026 \\",
      "      --pseudonym-key-file site.key",
      "  radstream publish dicom --path /incoming --watch --body-part UNSTATED \\",
      "      --pseudonym-key-file site.key --kafka-config client.properties",
      "",
      "Which images are taken, and what is read of them, is described in",
      "docs/sources/dicom.md. Exit code 1 where the cluster failed."
    })
final class PublishDicomCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private PublishRun run;
  @Mixin private PublisherName name;
  @Mixin private SiteOption site;
  @Mixin private DicomOptions dicom;

  @Option(
      names = "--path",
      required = true,
      paramLabel = "DIR",
      description = "The directory; links in it are not followed.")
  private Path directory;

  @Option(
      names = "--watch",
      description =
          "Go on with files that come, until the process is asked to stop. A file is read once it"
              + " has stopped growing.")
  private boolean watch;

  @Option(
      names = "--poll",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description = "With --watch: pause between two looks (default: ${DEFAULT-VALUE}).")
  private Duration poll;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (poll.isZero()) {
      throw usage("--poll: longer than nothing");
    }
    Pseudonymizer pseudonymizer = run.ofHospital().pseudonymizer(true);
    Placements placements = new Placements(pseudonymizer);
    FileCounts counts = new FileCounts();
    String publisher = name.of(DirectorySource.NAME);
    try (RadiographReader reader = dicom.reader(site.names(), run.pictureRule())) {
      int code =
          watch
              ? run.listenAs(publisher, watched(reader, placements, counts), pseudonymizer)
              : run.publishAs(
                  publisher,
                  new DirectorySource(directory, reader, placements, counts),
                  pseudonymizer);
      explain(counts);
      return code;
    } catch (NotDirectoryException e) {
      throw usage("--path: there is no such directory");
    }
  }

  private WatchedDirectory watched(
      RadiographReader reader, Placements placements, FileCounts counts) throws IOException {
    return new WatchedDirectory(directory, poll, reader, placements, counts);
  }

  private void explain(FileCounts counts) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "Passed over: %d no DICOM, %d published before.%n",
        counts.noDicom(), counts.publishedBefore());
    if (counts.unfinished() > 0) {
      err.printf(
          "%d files changed or vanished while they were read; run it again for them.%n",
          counts.unfinished());
    }
    err.flush();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
