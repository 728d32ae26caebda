package io.radstream.trainer.data;

import io.radstream.trainer.tuples.LeftOut;

/** Is told how the search for studies goes, on the run's own thread. */
public interface SearchListener {

  /**
   * There are not enough studies yet; repeated about every second.
   *
   * @param topic where they are expected
   */
  default void waiting(int studies, int needed, String topic) {}

  /**
   * There are tuples that cannot be learned from: told where more of them were read, and again
   * about every minute while the run waits.
   */
  default void leftOut(LeftOut tuples) {}

  /** Hears nothing. */
  static SearchListener none() {
    return new SearchListener() {};
  }
}
