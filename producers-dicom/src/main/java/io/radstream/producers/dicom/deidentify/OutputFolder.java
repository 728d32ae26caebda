package io.radstream.producers.dicom.deidentify;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Where de-identified files go: a folder for each study, under its pseudonym, with a file for each
 * instance, under its new UID. A file is there whole or not at all, whenever the process or the
 * machine ends, and stays as it is. It belongs to one run at a time.
 */
final class OutputFolder implements Closeable {

  private static final String FILE = ".dcm";
  private static final String UNFINISHED = ".part";

  /** What is ours, and not for whoever gets the files. */
  private static final String OWN = ".radstream";

  private static final String DONE = "done";

  /** What became of a file. */
  enum Placed {
    WRITTEN,
    /** The very same was there. */
    UNCHANGED,
    /** Another one is there. */
    TAKEN
  }

  /**
   * A file that is whole, and not yet in its place.
   *
   * @param source what it was made of
   * @param audit what was done: kind to count
   */
  record Written(
      Path file, Fingerprint source, String study, String instanceUid, Map<String, Long> audit) {}

  private final Path root;
  private final Path own;
  private final DoneFiles done;

  private OutputFolder(Path root, Path own, DoneFiles done) {
    this.root = root;
    this.own = own;
    this.done = done;
  }

  /**
   * @param root made where there is none; what a run left in it that was ended goes
   * @throws IOException where it cannot be written, or another run writes there
   */
  static OutputFolder open(Path root) throws IOException {
    Path own = Files.createDirectories(root.resolve(OWN));
    DoneFiles done = DoneFiles.open(own.resolve(DONE));
    OutputFolder folder = new OutputFolder(root, own, done);
    folder.sweep();
    return folder;
  }

  private void sweep() throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(own, "*" + UNFINISHED)) {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    }
  }

  /** Whether a file was written of the same content in the same way, and is still there. */
  boolean has(Fingerprint source, String study, String instanceUid) {
    return done.has(source) && Files.isRegularFile(place(study, instanceUid));
  }

  /** Whether it may be: cheaper to ask. */
  boolean mayHave(Fingerprint source) {
    return done.has(source);
  }

  /**
   * Any number of threads at a time.
   *
   * @param number of the file, of no other one in this run
   * @throws IOException where it cannot be written
   */
  Written write(Deidentified instance, Fingerprint source, long number) throws IOException {
    Path part = own.resolve(number + UNFINISHED);
    try (FileChannel channel =
            FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
      instance.writeTo(out);
      out.flush();
      channel.force(true);
    }
    return new Written(part, source, instance.study(), instance.instanceUid(), instance.audit());
  }

  /**
   * One thread at a time.
   *
   * @throws IOException where it cannot be moved
   */
  Placed place(Written file) throws IOException {
    Path target = place(file.study(), file.instanceUid());
    Placed placed = Placed.WRITTEN;
    if (Files.exists(target)) {
      placed = Files.mismatch(file.file(), target) < 0 ? Placed.UNCHANGED : Placed.TAKEN;
      Files.delete(file.file());
    } else {
      Files.createDirectories(target.getParent());
      Files.move(file.file(), target, StandardCopyOption.ATOMIC_MOVE);
    }
    if (placed != Placed.TAKEN) {
      done.add(file.source());
    }
    return placed;
  }

  private Path place(String study, String instanceUid) {
    return root.resolve(study).resolve(instanceUid + FILE);
  }

  /** What was written and never moved into its place goes. */
  @Override
  public void close() throws IOException {
    try {
      sweep();
    } finally {
      done.close();
    }
  }
}
