package io.radstream.trainer.bisect;

import io.radstream.trainer.ledger.LedgerDrafts;
import io.radstream.trainer.ledger.LedgerEntry;
import io.radstream.trainer.traits.StudyPlace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a run read around the steps at which a figure turned, and before. A study is in one of the
 * two.
 *
 * @param sound step behind which {@code during} begins
 * @param during studies of the steps behind it
 * @param last of these steps
 * @param before studies of the steps up to {@code sound}, the newest first
 */
record ReadStudies(long sound, Set<StudyPlace> during, long last, List<StudyPlace> before) {

  /**
   * A figure turns behind what turns it, and by then the network may know what is wrong: studies
   * that were read up to so many before it turned count as well.
   */
  private static final int AHEAD = 500;

  /**
   * It may turn within a step or two, of which there are too few studies to tell what they have in
   * common: up to so many, those that were read while it was bad count as well.
   */
  private static final int ENOUGH = 100;

  /** Studies before, for each of the others. */
  private static final int BEFORE = 4;

  private static final int LEAST_BEFORE = 200;
  private static final int MOST_BEFORE = 2000;

  /**
   * @param run the run's records, from its beginning
   * @param ends a step at which the figure was good, which is not gone behind, and one to which it
   *     was bad
   */
  static ReadStudies of(Iterator<LedgerEntry> run, Turn turn, Turn ends) {
    Set<StudyPlace> earlier = new LinkedHashSet<>();
    NavigableMap<Long, List<StudyPlace>> steps = new TreeMap<>();
    int behind = 0;
    while (run.hasNext()) {
      LedgerEntry entry = run.next();
      long step = entry.record().getStep();
      boolean wanted = step <= turn.bad() || (step <= ends.bad() && behind < ENOUGH);
      if (!entry.isOpening() && wanted) {
        List<StudyPlace> reads =
            LedgerDrafts.reads(entry.record()).stream().map(StudyPlace::of).toList();
        behind += step > turn.good() ? reads.size() : 0;
        if (step <= ends.good()) {
          addNewest(earlier, reads);
        } else {
          steps.put(step, reads);
        }
      }
    }
    long sound = sound(steps.headMap(turn.good(), true), ends.good());
    steps.headMap(sound, true).values().forEach(reads -> addNewest(earlier, reads));
    return of(sound, steps.tailMap(sound, false), earlier);
  }

  private static long sound(NavigableMap<Long, List<StudyPlace>> steps, long good) {
    int studies = 0;
    for (Map.Entry<Long, List<StudyPlace>> step : steps.descendingMap().entrySet()) {
      studies += step.getValue().size();
      if (studies > AHEAD) {
        return step.getKey();
      }
    }
    return good;
  }

  private static ReadStudies of(
      long sound, NavigableMap<Long, List<StudyPlace>> steps, Set<StudyPlace> earlier) {
    Set<StudyPlace> during = new LinkedHashSet<>();
    steps.values().forEach(during::addAll);
    earlier.removeAll(during);
    List<StudyPlace> before = new ArrayList<>(earlier);
    Collections.reverse(before);
    int most = Math.min(MOST_BEFORE, Math.max(LEAST_BEFORE, BEFORE * during.size()));
    return new ReadStudies(
        sound, during, steps.lastKey(), before.subList(0, Math.min(most, before.size())));
  }

  private static void addNewest(Set<StudyPlace> places, List<StudyPlace> reads) {
    reads.forEach(places::remove);
    places.addAll(reads);
  }
}
