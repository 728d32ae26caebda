package io.radstream.producers.dicom.dataset;

import io.radstream.producers.publish.RefusedStudyException;
import java.util.function.IntPredicate;

/**
 * What stands before a file's data set.
 *
 * @param end where the data set begins, in bytes
 * @param sequences tags that are sequences where no representation is written
 */
record FileHead(TransferSyntax syntax, int end, IntPredicate sequences) {

  private static final int META_GROUP = 0x0002;

  static FileHead of(byte[] file, IntPredicate sequences) throws RefusedStudyException {
    if (file.length > DicomFile.MAX_BYTES) {
      throw Refusals.tooLarge(
          "the file has %d bytes; at most %d are read".formatted(file.length, DicomFile.MAX_BYTES));
    }
    if (!DicomFile.signs(file)) {
      throw Refusals.damaged("not a DICOM file: \"DICM\" is missing after 128 bytes");
    }
    DatasetReader head =
        new DatasetReader(file, DicomFile.SIGNATURE_BYTES, Encoding.EXPLICIT_LITTLE, sequences);
    Dataset meta = head.readGroup(META_GROUP);
    return new FileHead(syntax(meta), head.position(), sequences);
  }

  /**
   * @param file whose data set is not deflated
   */
  DicomFile stored(byte[] file) throws RefusedStudyException {
    return dicom(file, end);
  }

  /**
   * @param dataset inflated
   */
  DicomFile inflated(byte[] dataset) throws RefusedStudyException {
    return dicom(dataset, 0);
  }

  private DicomFile dicom(byte[] bytes, int start) throws RefusedStudyException {
    DatasetReader body = new DatasetReader(bytes, start, syntax.encoding(), sequences);
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
}
