package io.radstream.streams;

/** How many parts of one partition's studies wait, as far as it adds to what the stage counts. */
final class WaitingCount {

  private final StageCounters counters;
  private long here;

  WaitingCount(StageCounters counters) {
    this.counters = counters;
  }

  /** A study that was known before this count began. */
  void found(StudyProgress study) {
    add(study.waiting().size());
  }

  void changed(StudyProgress before, StudyProgress after) {
    add(after.waiting().size() - before.waiting().size());
  }

  /** The partition is another instance's, or is taken up anew. */
  void leave() {
    add(-here);
  }

  private void add(long parts) {
    here += parts;
    counters.waiting(parts);
  }
}
