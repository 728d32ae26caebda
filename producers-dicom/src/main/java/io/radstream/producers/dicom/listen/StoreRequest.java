package io.radstream.producers.dicom.listen;

import io.radstream.producers.dicom.listen.dimse.Command;
import io.radstream.producers.dicom.write.FileMeta;

/** A C-STORE that has come whole. */
record StoreRequest(Command command, String transferSyntax, ReceivedBytes dataSet) {

  /** As a file of PS3.10; once, since the data set as it came is gone then. */
  byte[] file() {
    return dataSet.behind(FileMeta.of(command.sopClass(), command.sopInstance(), transferSyntax));
  }
}
