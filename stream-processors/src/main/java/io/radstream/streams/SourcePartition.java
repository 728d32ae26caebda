package io.radstream.streams;

import io.radstream.schemas.RecordRef;

/** Where the records of one task come from. */
record SourcePartition(String topic, int partition) {

  RecordRef at(long offset) {
    return new RecordRef(topic, partition, offset);
  }
}
