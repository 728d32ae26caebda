package io.radstream.trainer.replay;

/** How far a replay is, and who is told. For one thread. */
final class ReplayReached {

  private final ReplayListener listener;
  private final ReplayedNetwork network;
  private long taken;
  private long step;

  /**
   * @param step that the network has behind it
   */
  ReplayReached(ReplayListener listener, ReplayedNetwork network, long step) {
    this.listener = listener;
    this.network = network;
    this.step = step;
    examine(step);
  }

  void took(ReplayedStep replayed) {
    taken++;
    step = replayed.step();
    listener.replayed(replayed);
    examine(step);
  }

  /** The network stays as it is over the steps up to this one. */
  void passedOver(long last) {
    for (long next = step + 1; next <= last; next++) {
      examine(next);
    }
    step = Math.max(step, last);
  }

  private void examine(long at) {
    if (listener.examines(at)) {
      listener.examine(at, network);
    }
  }

  long taken() {
    return taken;
  }

  long step() {
    return step;
  }
}
