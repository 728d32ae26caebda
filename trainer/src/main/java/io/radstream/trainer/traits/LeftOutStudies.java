package io.radstream.trainer.traits;

import io.radstream.trainer.feed.Read;
import java.util.List;
import java.util.Map;

/**
 * Which reads of a run are left out.
 *
 * @param exclusions a study is left out where one of them matches
 * @param traits of every study that the run read; empty where no exclusion needs them
 */
public record LeftOutStudies(List<Exclusion> exclusions, Map<StudyPlace, StudyTraits> traits) {

  private static final StudyTraits UNKNOWN = new StudyTraits("", Map.of());

  public LeftOutStudies {
    exclusions = List.copyOf(exclusions);
    traits = Map.copyOf(traits);
  }

  public static LeftOutStudies none() {
    return new LeftOutStudies(List.of(), Map.of());
  }

  /**
   * @param step that reads it
   */
  public boolean contains(long step, Read read) {
    StudyPlace place = StudyPlace.of(read);
    return exclusions.stream()
        .anyMatch(exclusion -> exclusion.matches(step, place, traits.getOrDefault(place, UNKNOWN)));
  }
}
