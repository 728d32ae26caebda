package io.radstream.trainer.replay;

import io.radstream.schemas.StepRecord;
import io.radstream.trainer.ledger.LedgerEntry;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;

/**
 * The steps of a run that are to be taken again. One thread reads them from the ledger and fetches
 * their studies; another takes them and asks what they were. Thread-safe.
 */
final class ReplaySteps implements Iterator<StepRecord> {

  private final Iterator<LedgerEntry> entries;
  private final long after;
  private final long until;
  private final ReplayReads reads;
  private final Queue<StepRecord> underWay = new ArrayDeque<>();
  private long passedOver;
  private long leftOut;
  private Optional<StepRecord> ahead = Optional.empty();

  /**
   * @param entries of the run, in order
   * @param after the step before the first
   * @param until the last step
   * @param reads what is left of each; a step of which too little is left is passed over
   */
  ReplaySteps(Iterator<LedgerEntry> entries, long after, long until, ReplayReads reads) {
    this.entries = entries;
    this.after = after;
    this.until = until;
    this.reads = reads;
  }

  @Override
  public synchronized boolean hasNext() {
    while (ahead.isEmpty() && entries.hasNext()) {
      LedgerEntry entry = entries.next();
      StepRecord step = entry.record();
      boolean wanted = !entry.isOpening() && step.getStep() > after && step.getStep() <= until;
      leftOut += wanted ? reads.leftOut(step) : 0;
      if (wanted && !reads.suffice(step)) {
        passedOver++;
      } else if (!entry.isOpening() && step.getStep() > after) {
        ahead = Optional.of(step);
      }
    }
    return ahead.filter(step -> step.getStep() <= until).isPresent();
  }

  @Override
  public synchronized StepRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    StepRecord step = ahead.orElseThrow();
    ahead = Optional.empty();
    underWay.add(step);
    return step;
  }

  /** Steps that were not taken, among those that have been read so far. */
  synchronized long passedOver() {
    return passedOver;
  }

  /** Studies that were left out of the steps that have been read so far. */
  synchronized long leftOut() {
    return leftOut;
  }

  /** What the ledger has of the next step that was taken again. */
  synchronized StepRecord taken() {
    return underWay.remove();
  }
}
