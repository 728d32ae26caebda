package io.radstream.serving.arrivals;

import io.radstream.schemas.RecordRef;
import io.radstream.serving.pictures.ViewPictures;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A study that is to be scored.
 *
 * @param revision of its views; -1 where it cannot be read
 * @param views none where they have been taken back, or cannot be read
 * @param arrivedAt when the newest view came
 * @param source the record that it stands in
 * @param unreadable why it cannot be read, without anything of its content
 */
record Arrival(
    String studyId,
    long revision,
    List<ViewPictures> views,
    Instant arrivedAt,
    RecordRef source,
    Optional<String> unreadable) {

  Arrival {
    views = List.copyOf(views);
  }

  /**
   * Of its encoded views.
   *
   * @param full whether at full resolution, where there is such
   */
  long bytes(boolean full) {
    return views.stream().mapToLong(view -> view.bytes(full)).sum();
  }

  /** Whether any of them is to be had at full resolution, too. */
  boolean hasOriginals() {
    return views.stream().anyMatch(view -> view.original().isPresent());
  }
}
