package io.radstream.producers.dicom.dataset;

import io.radstream.producers.publish.RefusedStudyException;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A file as of PS3.10: 128 bytes of anything, {@code DICM}, meta information, data set.
 *
 * @param syntax how the data set and its pixels are written
 */
public record DicomFile(TransferSyntax syntax, Dataset dataset) {

  /** Largest file, packed or inflated, in bytes: twice the largest picture that is taken. */
  public static final int MAX_BYTES = 256 * 1024 * 1024;

  /** Bytes by which {@link #signs} tells a DICOM file. */
  public static final int SIGNATURE_BYTES = 132;

  private static final byte[] SIGNATURE = {'D', 'I', 'C', 'M'};
  private static final int META_GROUP = 0x0002;
  private static final int FIRST_INFLATED = 1 << 16;

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
   * The same for whoever reads more of it.
   *
   * @param sequences tags of sequences, for what is written without representations: what is not
   *     among them may stay bytes
   */
  public static DicomFile read(byte[] file, IntPredicate sequences) throws RefusedStudyException {
    if (file.length > MAX_BYTES) {
      throw Refusals.tooLarge(
          "the file has %d bytes; at most %d are read".formatted(file.length, MAX_BYTES));
    }
    if (!signs(file)) {
      throw Refusals.damaged("not a DICOM file: \"DICM\" is missing after 128 bytes");
    }
    DatasetReader head =
        new DatasetReader(file, SIGNATURE_BYTES, Encoding.EXPLICIT_LITTLE, sequences);
    Dataset meta = head.readGroup(META_GROUP);
    TransferSyntax syntax = syntax(meta);
    DatasetReader body =
        syntax == TransferSyntax.DEFLATED
            ? new DatasetReader(inflate(file, head.position()), 0, syntax.encoding(), sequences)
            : new DatasetReader(file, head.position(), syntax.encoding(), sequences);
    return new DicomFile(syntax, body.readAll());
  }

  private static TransferSyntax syntax(Dataset meta) throws RefusedStudyException {
    String uid =
        meta.text(Tag.TRANSFER_SYNTAX_UID)
            .orElseThrow(() -> Refusals.damaged("the meta information names no transfer syntax"));
    return TransferSyntax.of(uid)
        .orElseThrow(
            () ->
                Refusals.undecodable(
                    "the transfer syntax %s is not read"
                        .formatted(uid.matches("[0-9.]{1,64}") ? uid : "")));
  }

  private static byte[] inflate(byte[] file, int start) throws RefusedStudyException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(file, start, file.length - start);
      byte[] result = new byte[FIRST_INFLATED];
      int size = 0;
      while (!inflater.finished()) {
        if (size == result.length) {
          result = grown(result);
        }
        int inflated = inflater.inflate(result, size, result.length - size);
        if (inflated == 0 && !inflater.finished()) {
          throw Refusals.damaged("the deflated data set is truncated");
        }
        size += inflated;
      }
      return Arrays.copyOf(result, size);
    } catch (DataFormatException e) {
      throw Refusals.damaged("the deflated data set is damaged");
    } finally {
      inflater.end();
    }
  }

  private static byte[] grown(byte[] full) throws RefusedStudyException {
    if (full.length >= MAX_BYTES) {
      throw Refusals.tooLarge("the data set inflates to more than %d bytes".formatted(MAX_BYTES));
    }
    return Arrays.copyOf(full, Math.min(MAX_BYTES, full.length * 2));
  }
}
