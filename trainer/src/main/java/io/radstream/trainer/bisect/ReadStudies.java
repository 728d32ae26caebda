package io.radstream.trainer.bisect;

import io.radstream.schemas.StepRecord;
import io.radstream.trainer.ledger.LedgerDrafts;
import io.radstream.trainer.ledger.LedgerEntry;
import io.radstream.trainer.traits.StudyPlace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a run read when a figure turned, and before. A study is in one of the two.
 *
 * @param during studies of the steps behind the last good one
 * @param last of these steps
 * @param before studies of the steps up to the last good one, the newest first
 */
record ReadStudies(Set<StudyPlace> during, long last, List<StudyPlace> before) {

  /**
   * A figure may turn within a step or two, of which there are too few studies to tell what they
   * have in common: up to so many, those that were read while it was bad count as well.
   */
  private static final int ENOUGH = 100;

  /** Studies before, for each that was read when it turned. */
  private static final int BEFORE = 4;

  private static final int LEAST_BEFORE = 200;

  /**
   * @param run the run's records, from its beginning
   * @param until step to which the figure was bad
   */
  static ReadStudies of(Iterator<LedgerEntry> run, Turn turn, long until) {
    Set<StudyPlace> during = new LinkedHashSet<>();
    Set<StudyPlace> earlier = new LinkedHashSet<>();
    long last = turn.bad();
    while (run.hasNext()) {
      LedgerEntry entry = run.next();
      StepRecord step = entry.record();
      boolean wanted =
          step.getStep() <= turn.bad() || (step.getStep() <= until && during.size() < ENOUGH);
      if (!entry.isOpening() && wanted) {
        Set<StudyPlace> into = step.getStep() > turn.good() ? during : earlier;
        LedgerDrafts.reads(step).forEach(read -> addNewest(into, StudyPlace.of(read)));
        last = Math.max(last, step.getStep());
      }
    }
    earlier.removeAll(during);
    List<StudyPlace> before = new ArrayList<>(earlier);
    Collections.reverse(before);
    int most = Math.max(LEAST_BEFORE, BEFORE * during.size());
    return new ReadStudies(during, last, before.subList(0, Math.min(most, before.size())));
  }

  private static void addNewest(Set<StudyPlace> places, StudyPlace place) {
    places.remove(place);
    places.add(place);
  }
}
