package io.radstream.trainer.bisect;

/** A stop was requested before there was an answer; what was measured is kept where asked for. */
public final class StoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("stopped before there was an answer");
  }
}
