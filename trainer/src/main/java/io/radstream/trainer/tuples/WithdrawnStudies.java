package io.radstream.trainer.tuples;

/** Studies that no run may read any more. Thread-safe. */
public interface WithdrawnStudies {

  boolean contains(String studyId);

  /** Grows with each withdrawal that comes to be known. */
  long version();

  /** No study was withdrawn. */
  static WithdrawnStudies none() {
    return new WithdrawnStudies() {
      @Override
      public boolean contains(String studyId) {
        return false;
      }

      @Override
      public long version() {
        return 0;
      }
    };
  }
}
