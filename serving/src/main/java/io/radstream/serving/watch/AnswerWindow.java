package io.radstream.serving.watch;

import java.lang.ref.WeakReference;
import java.util.Arrays;

/** What became of a model's last answers. Thread-safe. */
final class AnswerWindow {

  private static final int WELL = 0;

  /**
   * What the window holds.
   *
   * @param answers how many there are
   * @param failed how many of them failed
   * @param passes of the network that failed with them
   */
  record Count(int answers, int failed, int passes) {

    static final Count NONE = new Count(0, 0, 0);

    double rate() {
      return answers == 0 ? 0 : (double) failed / answers;
    }
  }

  /** {@link #WELL}, or the number of the pass that failed. */
  private final int[] outcomes;

  private long answers;
  private int passes;

  /** Weak, so that nothing that a failure holds on to is kept. */
  private WeakReference<Throwable> last = new WeakReference<>(null);

  AnswerWindow(int size) {
    this.outcomes = new int[size];
  }

  synchronized void well() {
    add(WELL);
  }

  /**
   * @param failure the same one for all studies of a pass
   */
  synchronized Count failed(Throwable failure) {
    if (last.get() != failure) {
      last = new WeakReference<>(failure);
      passes++;
    }
    add(passes);
    return count();
  }

  private void add(int outcome) {
    outcomes[(int) (answers++ % outcomes.length)] = outcome;
  }

  synchronized Count count() {
    int[] failed = Arrays.stream(outcomes).filter(outcome -> outcome != WELL).toArray();
    return new Count(
        (int) Math.min(answers, outcomes.length),
        failed.length,
        (int) Arrays.stream(failed).distinct().count());
  }
}
