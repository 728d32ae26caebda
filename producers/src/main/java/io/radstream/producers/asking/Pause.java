package io.radstream.producers.asking;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {

  /**
   * @return false where there is no point in waiting any more
   */
  boolean pause(Duration time);
}
