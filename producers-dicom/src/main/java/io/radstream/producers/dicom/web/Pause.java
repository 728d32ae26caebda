package io.radstream.producers.dicom.web;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
interface Pause {

  /**
   * @return false where there is no point in waiting any more
   */
  boolean pause(Duration time);
}
