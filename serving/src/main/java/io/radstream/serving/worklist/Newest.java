package io.radstream.serving.worklist;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The newest of many, by study. Not thread-safe.
 *
 * @param <T> what is kept of a study
 */
final class Newest<T> {

  private record Place(Instant time, String studyId) {}

  private record Kept<T>(Place place, T value) {}

  private static final Comparator<Place> OLDEST_FIRST =
      Comparator.comparing(Place::time).thenComparing(Place::studyId);

  private final int most;
  private final Map<String, Kept<T>> byStudy = new HashMap<>();
  private final TreeSet<Place> places = new TreeSet<>(OLDEST_FIRST);

  Newest(int most) {
    this.most = most;
  }

  Optional<T> get(String studyId) {
    return Optional.ofNullable(byStudy.get(studyId)).map(Kept::value);
  }

  void put(String studyId, Instant time, T value) {
    remove(studyId);
    Place place = new Place(time, studyId);
    byStudy.put(studyId, new Kept<>(place, value));
    places.add(place);
    if (byStudy.size() > most) {
      byStudy.remove(places.pollFirst().studyId());
    }
  }

  void remove(String studyId) {
    Kept<T> gone = byStudy.remove(studyId);
    if (gone != null) {
      places.remove(gone.place());
    }
  }

  List<T> all() {
    return byStudy.values().stream().map(Kept::value).toList();
  }

  int size() {
    return byStudy.size();
  }
}
