package io.radstream.producers.dicom.dataset;

import io.radstream.producers.publish.RefusedStudyException;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * A file as of PS3.10: 128 bytes of anything, {@code DICM}, meta information, data set.
 *
 * @param syntax how the data set and its pixels are written
 */
public record DicomFile(TransferSyntax syntax, Dataset dataset) {

  /**
   * Largest file, packed or inflated, in bytes: twice the largest picture that is taken. Inflated
   * it may be no more than a quarter of Java's heap, too.
   */
  public static final int MAX_BYTES = 256 * 1024 * 1024;

  /** Bytes by which {@link #signs} tells a DICOM file. */
  public static final int SIGNATURE_BYTES = 132;

  private static final byte[] SIGNATURE = {'D', 'I', 'C', 'M'};
  private static final int HEAP_SHARE = 4;

  /**
   * @param head of a file, at least {@link #SIGNATURE_BYTES} where it has as many
   */
  public static boolean signs(byte[] head) {
    if (head.length < SIGNATURE_BYTES) {
      return false;
    }
    int start = SIGNATURE_BYTES - SIGNATURE.length;
    return Arrays.equals(head, start, SIGNATURE_BYTES, SIGNATURE, 0, SIGNATURE.length);
  }

  /**
   * @param file whole; the data set looks into it
   * @throws RefusedStudyException where it is no DICOM file, damaged, truncated, over a limit, or
   *     written in a way that is not read
   */
  public static DicomFile read(byte[] file) throws RefusedStudyException {
    return read(file, Tag.SEQUENCES::contains);
  }

  /**
   * The same for whoever reads more of it. What others inflate at the same time is not counted, as
   * it is by {@link DicomFiles}.
   *
   * @param sequences tags of sequences, for what is written without representations: what is not
   *     among them may stay bytes
   */
  public static DicomFile read(byte[] file, IntPredicate sequences) throws RefusedStudyException {
    FileHead head = FileHead.of(file, sequences);
    if (head.syntax() != TransferSyntax.DEFLATED) {
      return head.stored(file);
    }
    Deflated deflated = new Deflated(file, head.end());
    int most = (int) Math.min(MAX_BYTES, roomToInflate());
    return head.inflated(deflated.inflated(deflated.size(most)));
  }

  /** Bytes of Java's heap that data sets may inflate to: as much again is needed to show them. */
  static long roomToInflate() {
    return Runtime.getRuntime().maxMemory() / HEAP_SHARE;
  }
}
