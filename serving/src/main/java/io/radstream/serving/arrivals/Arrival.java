package io.radstream.serving.arrivals;

import io.radstream.schemas.RecordRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A study that is to be scored.
 *
 * @param revision of its views; -1 where it cannot be read
 * @param views encoded images; none where they have been taken back, or cannot be read
 * @param arrivedAt when the newest view came
 * @param source the record that it stands in
 * @param unreadable why it cannot be read, without anything of its content
 */
record Arrival(
    String studyId,
    long revision,
    List<byte[]> views,
    Instant arrivedAt,
    RecordRef source,
    Optional<String> unreadable) {

  Arrival {
    views = List.copyOf(views);
  }

  /** Of its encoded views. */
  long bytes() {
    return views.stream().mapToLong(view -> view.length).sum();
  }
}
