package io.radstream.cli.experiment;

import io.radstream.experiments.plan.Source.Brought;
import io.radstream.experiments.plan.Source.JsonLines;
import io.radstream.experiments.results.WholeFile;
import io.radstream.radiology.Sha256;
import io.radstream.schemas.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files in {@code sources/} that say what was done of a source, and with which settings: {@code
 * begun}, {@code published}, {@code staged}.
 */
record SourceMarks(Grounds grounds) {

  /** What another directory or another source has put there may be of other patients and shares. */
  void begin(String name, Brought source) throws IOException {
    if (isDone(name, "begun", source)) {
      return;
    }
    if (grounds.holds(source, Topic.STUDIES)) {
      throw new IOException(
          "source %s: the topics %s* hold studies that %s knows nothing of; go on with the --dir that they were published with, or give the source another prefix, or the experiment another name"
              .formatted(name, grounds.to(source).topics().prefix(), grounds.directory()));
    }
    write(name, "begun", source);
  }

  /**
   * The directory may outlive the topics.
   *
   * @throws IOException where it has
   */
  void requirePublished(String name, Brought source) throws IOException {
    if (!grounds.holds(source, Topic.STUDIES)) {
      throw new IOException(
          "source %s was published on the topics %s*, and they hold nothing now: this is another cluster, or they were deleted; delete %s to have it published and staged again"
              .formatted(
                  name,
                  grounds.to(source).topics().prefix(),
                  file(name, "{begun,published,staged}")));
    }
  }

  /**
   * @throws IOException where it was done with other settings, or of another file
   */
  boolean isDone(String name, String what, Brought source) throws IOException {
    Path file = file(name, what);
    if (Files.notExists(file)) {
      return false;
    }
    if (!Files.readString(file).equals(said(source))) {
      throw new IOException(
          "source %s was published with other settings, or from another file, on the topics %s already; give it another name or prefix"
              .formatted(name, grounds.to(source).topics().prefix()));
    }
    return true;
  }

  void write(String name, String what, Brought source) throws IOException {
    WholeFile.write(file(name, what), said(source).getBytes(StandardCharsets.UTF_8));
  }

  /** With the cluster's name for it: a directory may be used with another cluster. */
  private String said(Brought source) throws IOException {
    String file = source instanceof JsonLines lines ? " " + Sha256.of(Path.of(lines.path())) : "";
    return grounds.connection().topics().prefix() + source + file + "\n";
  }

  private Path file(String name, String what) {
    return grounds.directory().resolve("sources").resolve(name + "." + what);
  }
}
