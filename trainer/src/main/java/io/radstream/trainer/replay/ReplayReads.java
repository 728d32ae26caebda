package io.radstream.trainer.replay;

import io.radstream.schemas.StepRecord;
import io.radstream.trainer.feed.Read;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.ledger.LedgerEntry;
import io.radstream.trainer.traits.Exclusion;
import io.radstream.trainer.traits.LeftOutStudies;
import io.radstream.trainer.traits.StudyPlace;
import io.radstream.trainer.traits.TraitsReader;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What the steps of a run read, without what is left out. Nothing takes its place: all other
 * studies keep their step, their neighbours and what is drawn for them, so that the absence alone
 * makes the difference.
 *
 * @param located where the studies of a step are
 */
record ReplayReads(Function<StepRecord, List<Read>> located, LeftOutStudies leftOut)
    implements Function<StepRecord, List<Read>> {

  /** Studies are compared with each other. */
  private static final int LEAST = 2;

  /**
   * @param steps of the run; gone through where it takes the studies' records to know
   */
  static ReplayReads of(
      Function<StepRecord, List<Read>> located,
      List<Exclusion> without,
      Collection<SourceTopics> sources,
      Iterator<LedgerEntry> steps) {
    if (without.stream().noneMatch(Exclusion::needsTraits)) {
      return new ReplayReads(located, new LeftOutStudies(without, Map.of()));
    }
    Set<StudyPlace> places = new HashSet<>();
    while (steps.hasNext()) {
      LedgerEntry entry = steps.next();
      if (!entry.isOpening()) {
        located.apply(entry.record()).forEach(read -> places.add(StudyPlace.of(read)));
      }
    }
    return new ReplayReads(
        located, new LeftOutStudies(without, new TraitsReader(sources).read(places)));
  }

  @Override
  public List<Read> apply(StepRecord step) {
    return located.apply(step).stream()
        .filter(read -> !leftOut.contains(step.getStep(), read))
        .toList();
  }

  /** How many of the studies that a step read are left out of it. */
  long leftOut(StepRecord step) {
    return leftOut.exclusions().isEmpty()
        ? 0
        : located.apply(step).stream()
            .filter(read -> leftOut.contains(step.getStep(), read))
            .count();
  }

  /** Whether enough is left of a step to take it. */
  boolean suffice(StepRecord step) {
    return leftOut.exclusions().isEmpty() || apply(step).size() >= LEAST;
  }
}
