package io.radstream.producers.crosswalk;

import io.radstream.producers.publish.KnownStudy;

/** What a crosswalk has of a study. */
public sealed interface Lookup {

  /** All that was noted, together. */
  record Known(KnownStudy study) implements Lookup {}

  /** It was erased, and nothing was noted since. */
  record Forgotten() implements Lookup {}

  /** It was never noted, or what was noted cannot be read. */
  record Unknown() implements Lookup {}
}
