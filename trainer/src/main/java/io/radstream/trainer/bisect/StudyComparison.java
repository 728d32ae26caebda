package io.radstream.trainer.bisect;

import io.radstream.evaluation.ExactShare;
import io.radstream.evaluation.Holm;
import io.radstream.evaluation.RankSum;
import io.radstream.trainer.bisect.Peculiarity.Level;
import io.radstream.trainer.bisect.Peculiarity.Others;
import io.radstream.trainer.bisect.Peculiarity.Share;
import io.radstream.trainer.traits.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Compares the studies that were read when a figure turned with those before, and groups of them
 * with each other. A group whose studies went wrong for a while keeps its share; what gives it away
 * is that its numbers are other than they were, and have changed more than those of the rest:
 * hospitals differ at all times, and everything changes a little.
 *
 * @param during studies that were read when it turned
 * @param before studies that were read before
 */
record StudyComparison(Collection<KnownStudy> during, Collection<KnownStudy> before) {

  /** The rank-sum test's approximation is good from here on. */
  private static final int LEAST = 5;

  /** The least likely by chance first. */
  List<Peculiarity> peculiarities() {
    List<Peculiarity> found = new ArrayList<>();
    for (StudyNumber number : StudyNumber.values()) {
      level(number, Optional.empty(), Others.BEFORE, during, before).ifPresent(found::add);
    }
    for (Trait trait : Trait.values()) {
      for (String value : values(trait)) {
        Group group = new Group(trait, value);
        share(group).ifPresent(found::add);
        levels(group, found);
      }
    }
    return corrected(found);
  }

  private TreeSet<String> values(Trait trait) {
    TreeSet<String> values = new TreeSet<>();
    during.forEach(study -> values.addAll(study.traits().of(trait)));
    return values;
  }

  /** What every study has tells nothing. */
  private Optional<Share> share(Group group) {
    Predicate<KnownStudy> told = study -> study.has(group.trait());
    Predicate<KnownStudy> has = study -> study.has(group);
    int with = count(during, has);
    int of = count(during, told);
    int withBefore = count(before, has);
    int ofBefore = count(before, told);
    int all = of + ofBefore;
    return ofBefore == 0 || with + withBefore == all
        ? Optional.empty()
        : Optional.of(
            new Share(
                group,
                with,
                of,
                withBefore,
                ofBefore,
                ExactShare.atLeast(with, of, with + withBefore, all),
                1));
  }

  /** A group that all of them belong to cannot be told from the rest. */
  private void levels(Group group, List<Peculiarity> found) {
    List<KnownStudy> own = having(group, during);
    if (own.size() == during.size()) {
      return;
    }
    List<KnownStudy> earlier = having(group, before);
    List<KnownStudy> beside = during.stream().filter(study -> !study.has(group)).toList();
    List<KnownStudy> besideEarlier = before.stream().filter(study -> !study.has(group)).toList();
    for (StudyNumber number : StudyNumber.values()) {
      Optional<Group> of = Optional.of(group);
      level(number, of, Others.BEFORE, own, earlier).ifPresent(found::add);
      double[] earlierOwn = numbers(earlier, number);
      double[] earlierBeside = numbers(besideEarlier, number);
      boolean isNew = Math.min(earlierOwn.length, earlierBeside.length) < LEAST;
      level(
              number,
              of,
              isNew ? Others.BESIDE : Others.CHANGE_BESIDE,
              less(isNew ? 0 : median(earlierOwn), numbers(own, number)),
              less(isNew ? 0 : median(earlierBeside), numbers(beside, number)))
          .ifPresent(found::add);
    }
  }

  private static List<KnownStudy> having(Group group, Collection<KnownStudy> studies) {
    return studies.stream().filter(study -> study.has(group)).toList();
  }

  private static Optional<Level> level(
      StudyNumber number,
      Optional<Group> group,
      Others others,
      Collection<KnownStudy> of,
      Collection<KnownStudy> against) {
    return level(number, group, others, numbers(of, number), numbers(against, number));
  }

  private static Optional<Level> level(
      StudyNumber number, Optional<Group> group, Others others, double[] first, double[] second) {
    if (Math.min(first.length, second.length) < LEAST) {
      return Optional.empty();
    }
    RankSum test = RankSum.of(first, second);
    return Optional.of(
        new Level(
            number,
            group,
            others,
            first.length,
            second.length,
            median(first),
            median(second),
            test.superiority(),
            test.pValue(),
            1));
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  private static double[] less(double level, double[] numbers) {
    return Arrays.stream(numbers).map(number -> number - level).toArray();
  }

  /** In order. */
  private static double[] numbers(Collection<KnownStudy> studies, StudyNumber number) {
    return studies.stream()
        .flatMap(study -> study.number(number).stream())
        .mapToDouble(Double::doubleValue)
        .sorted()
        .toArray();
  }

  private static int count(Collection<KnownStudy> studies, Predicate<KnownStudy> which) {
    return (int) studies.stream().filter(which).count();
  }

  private static List<Peculiarity> corrected(List<Peculiarity> found) {
    double[] corrected = Holm.adjust(found.stream().mapToDouble(Peculiarity::chance).toArray());
    List<Peculiarity> ordered = new ArrayList<>();
    for (int i = 0; i < corrected.length; i++) {
      ordered.add(found.get(i).corrected(corrected[i]));
    }
    ordered.sort(Comparator.comparingDouble(Peculiarity::chance));
    return List.copyOf(ordered);
  }
}
