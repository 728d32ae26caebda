package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.engine.TorchScript;

/** The flag of {@code descent.cu}, which the device raises and the host lowers once it knows. */
final class RaisedFlag {

  private final FilledArray flag;
  private long lowered;
  private boolean known;

  RaisedFlag(TorchScript script, NDManager manager) {
    this.flag = new FilledArray(script, manager, Integer.BYTES);
  }

  /** One int32. */
  NDArray array() {
    return flag.array();
  }

  /** How often it was lowered. */
  long lowered() {
    return lowered;
  }

  /**
   * It was found raised.
   *
   * @param since how often it had been lowered when the step was begun; it may have been since
   */
  void found(long since) {
    known |= since == lowered;
  }

  /** Behind all that was asked for before; where it is not known to be raised, not at all. */
  void lower() {
    if (known) {
      flag.fill(0);
      known = false;
      lowered++;
    }
  }
}
