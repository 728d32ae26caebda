package io.radstream.producers.publish;

import java.util.Iterator;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A source that is read to its end. Reading it again gives the same items in the same order. */
public interface ReadSource extends StudySource {

  /** How many items there will be, if that is known cheaply; for progress, not for correctness. */
  OptionalLong sizeEstimate();

  /**
   * The items, read as they are asked for; to be closed.
   *
   * @throws java.io.UncheckedIOException where the source itself cannot be read, now or later
   */
  Stream<SourceItem> items();

  /** Where one of its items is found again. */
  default Origin origin(SourceItem item) {
    return Origin.UNTOLD;
  }

  @Override
  default void deliver(PartSink sink) {
    try (Stream<SourceItem> items = items()) {
      Iterator<SourceItem> remaining = items.iterator();
      while (remaining.hasNext() && sink.isOpen()) {
        SourceItem item = remaining.next();
        sink.accept(Consignment.of(item).from(origin(item)), Receipt.NONE);
      }
    }
  }
}
