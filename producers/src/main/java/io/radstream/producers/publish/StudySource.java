package io.radstream.producers.publish;

import java.util.OptionalLong;
import java.util.stream.Stream;

/** Where studies come from. Reading it again gives the same items in the same order. */
public interface StudySource {

  /** What a published study says of its origin, for example {@code jsonl}. */
  String name();

  /** How many items there will be, if that is known cheaply; for progress, not for correctness. */
  OptionalLong sizeEstimate();

  /**
   * The items, read as they are asked for; to be closed.
   *
   * @throws java.io.UncheckedIOException where the source itself cannot be read, now or later
   */
  Stream<SourceItem> items();

  /** The same studies, their labels left out. */
  default StudySource withoutLabels() {
    return new UnlabelledSource(this);
  }
}
