package io.radstream.producers.dicom.deidentify;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where de-identified files go: a folder for each study, under its pseudonym, with a file for each
 * instance, under its new UID. A file is there whole or not at all, and stays as it is. One thread
 * at a time.
 */
final class OutputFolder {

  private static final String FILE = ".dcm";
  private static final String UNFINISHED = ".part";

  /** What became of a file. */
  enum Placed {
    WRITTEN,
    /** The very same was there. */
    UNCHANGED,
    /** Another one is there. */
    TAKEN
  }

  private final Path root;

  OutputFolder(Path root) {
    this.root = root;
  }

  /**
   * @throws IOException where it cannot be written
   */
  Placed place(Deidentified instance) throws IOException {
    Path folder = Files.createDirectories(root.resolve(instance.study()));
    Path target = folder.resolve(instance.instanceUid() + FILE);
    // What a run left that was ended in the middle is written over.
    Path unfinished = folder.resolve(instance.instanceUid() + UNFINISHED);
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
        instance.writeTo(out);
      }
      if (!Files.exists(target)) {
        Files.move(unfinished, target);
        return Placed.WRITTEN;
      }
      return Files.mismatch(unfinished, target) < 0 ? Placed.UNCHANGED : Placed.TAKEN;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
