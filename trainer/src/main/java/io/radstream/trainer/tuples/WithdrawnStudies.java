package io.radstream.trainer.tuples;

/** Studies that no run may read any more. Thread-safe. */
public interface WithdrawnStudies {

  boolean contains(String studyId);

  /** Grows with each withdrawal that comes to be known. */
  long version();
}
