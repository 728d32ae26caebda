package io.radstream.producers.fhir;

import java.time.Duration;

/** Waits. */
@FunctionalInterface
interface Pause {

  /**
   * @return false where there is no point in waiting any more
   */
  boolean pause(Duration time);
}
