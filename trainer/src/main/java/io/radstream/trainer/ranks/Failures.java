package io.radstream.trainer.ranks;

import io.radstream.model.engine.GroupException;

/** What has gone wrong once, told wherever it is met. */
final class Failures {

  private Failures() {}

  /** To be thrown with this thread's own trace: a {@link GroupException} where it was one. */
  static RuntimeException again(Throwable known) {
    return known instanceof GroupException
        ? new GroupException(known.getMessage(), known)
        : new IllegalStateException(known.getMessage(), known);
  }
}
