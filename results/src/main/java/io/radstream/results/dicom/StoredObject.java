package io.radstream.results.dicom;

import io.radstream.producers.dicom.dataset.TransferSyntax;
import io.radstream.producers.dicom.edit.EditableDataset;
import io.radstream.producers.dicom.write.DatasetWriter;
import io.radstream.producers.dicom.write.FileMeta;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What an archive gets. */
interface StoredObject {

  /** That of all of them. */
  String TRANSFER_SYNTAX = TransferSyntax.EXPLICIT_LITTLE.uid();

  /** UID of what kind it is. */
  String sopClass();

  /** SOP instance UID. */
  String instance();

  /** As it goes through an association. */
  byte[] dataSet();

  /** As a file of PS3.10. */
  default byte[] file() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(FileMeta.of(sopClass(), instance(), TRANSFER_SYNTAX));
    file.writeBytes(dataSet());
    return file.toByteArray();
  }

  /** The bytes of {@link #dataSet}. */
  static byte[] written(EditableDataset dataset) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new DatasetWriter(bytes).write(dataset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
