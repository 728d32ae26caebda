package io.radstream.producers.dicom.dataset;

import io.radstream.producers.publish.RefusedStudyException;
import java.util.concurrent.Semaphore;

/**
 * Reads files, with a bound on what all that are read at a time inflate to: who finds no room for
 * its own waits until others are done. Thread-safe.
 */
public final class DicomFiles {

  private static final int BLOCK = 1024;

  private final int most;
  private final Semaphore room;

  /**
   * @param bytes for what is inflated; one file alone may have all of them, up to {@link
   *     DicomFile#MAX_BYTES}
   */
  public DicomFiles(long bytes) {
    this.most = (int) Math.min(DicomFile.MAX_BYTES, bytes);
    this.room = new Semaphore((int) Math.min(Integer.MAX_VALUE, blocks(bytes)), true);
  }

  /** With a quarter of Java's heap. */
  public static DicomFiles ofThisMachine() {
    return new DicomFiles(DicomFile.roomToInflate());
  }

  /** What is done with a file. */
  @FunctionalInterface
  public interface Use<T> {

    /**
     * @param file is to be let go when it returns
     */
    T of(DicomFile file) throws RefusedStudyException;
  }

  /**
   * @param file whole
   * @throws RefusedStudyException where it cannot be read, as in {@link DicomFile#read(byte[])}, or
   *     is no use
   */
  public <T> T with(byte[] file, Use<T> use) throws RefusedStudyException {
    FileHead head = FileHead.of(file, Tag.SEQUENCES::contains);
    if (head.syntax() != TransferSyntax.DEFLATED) {
      return use.of(head.stored(file));
    }
    Deflated deflated = new Deflated(file, head.end());
    int size = deflated.size(most);
    int blocks = (int) blocks(size);
    room.acquireUninterruptibly(blocks);
    try {
      return use.of(head.inflated(deflated.inflated(size)));
    } finally {
      room.release(blocks);
    }
  }

  private static long blocks(long bytes) {
    return (bytes + BLOCK - 1) / BLOCK;
  }
}
