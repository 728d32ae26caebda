package io.radstream.producers.dicom.deidentify;

import io.radstream.producers.dicom.dataset.TransferSyntax;
import io.radstream.producers.dicom.edit.EditableDataset;
import io.radstream.producers.dicom.write.DatasetWriter;
import io.radstream.producers.dicom.write.FileMeta;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * A file without what identifies.
 *
 * @param study its pseudonym, as on the topics
 * @param instanceUid the new one
 * @param audit what was done: kind to count
 */
public record Deidentified(
    String study,
    String instanceUid,
    String sopClass,
    TransferSyntax syntax,
    EditableDataset dataset,
    Map<String, Long> audit) {

  public Deidentified {
    audit = Map.copyOf(audit);
  }

  /** As a file of PS3.10, the same each time. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(FileMeta.of(sopClass, instanceUid, syntax.uid()));
    new DatasetWriter(out).write(dataset);
  }
}
