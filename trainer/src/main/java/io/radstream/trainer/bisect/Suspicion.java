package io.radstream.trainer.bisect;

import io.radstream.trainer.bisect.Peculiarity.Level;
import io.radstream.trainer.bisect.Peculiarity.Others;
import io.radstream.trainer.bisect.Peculiarity.Share;
import io.radstream.trainer.traits.Trait;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which group stands out most among the studies that were read when a figure turned. */
final class Suspicion {

  /** Below it, something is hardly chance. */
  static final double LEVEL = 0.05;

  private Suspicion() {}

  /**
   * First by what their own loss tells, then by other numbers, then by shares.
   *
   * @param found of one comparison
   * @return empty where no group stands out
   */
  static Optional<Group> of(List<Peculiarity> found) {
    for (StudyNumber number : StudyNumber.values()) {
      Optional<Group> group = by(number, found);
      if (group.isPresent()) {
        return group;
      }
    }
    return found.stream()
        .flatMap(one -> one instanceof Share share ? Stream.of(share) : Stream.empty())
        // Later steps read later days, whatever has happened.
        .filter(share -> share.group().trait() != Trait.DAY && share.corrected() < LEVEL)
        .map(Share::group)
        .findFirst();
  }

  /**
   * Of the group whose number has changed other than that of the rest and is other than it was; of
   * a new group, that is other than that of the rest. It has to be hardly chance. The rest has to
   * be there, since a loss is lower of studies before for the reason alone that they were learned
   * from.
   */
  private static Optional<Group> by(StudyNumber number, List<Peculiarity> found) {
    Map<Group, Map<Others, Level>> levels = new LinkedHashMap<>();
    for (Peculiarity one : found) {
      if (one instanceof Level level && level.number() == number) {
        level
            .group()
            .ifPresent(
                group ->
                    levels
                        .computeIfAbsent(group, key -> new HashMap<>())
                        .put(level.others(), level));
      }
    }
    return levels.entrySet().stream()
        .filter(entry -> entry.getValue().keySet().stream().anyMatch(Others::isBeside))
        .filter(entry -> standsOut(number, entry.getValue().values()))
        .min(
            Comparator.<Map.Entry<Group, Map<Others, Level>>>comparingDouble(
                    entry -> weakest(entry.getValue().values()))
                .thenComparing(entry -> entry.getKey().trait()))
        .map(Map.Entry::getKey);
  }

  private static boolean standsOut(StudyNumber number, Collection<Level> levels) {
    boolean oneWay = levels.stream().map(Level::isHigher).distinct().count() == 1;
    boolean worse = levels.stream().allMatch(level -> number.isSuspect(level.isHigher()));
    return oneWay && worse && levels.stream().allMatch(level -> level.corrected() < LEVEL);
  }

  private static double weakest(Collection<Level> levels) {
    return levels.stream().mapToDouble(Level::chance).max().orElse(1);
  }
}
