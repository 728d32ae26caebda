package io.radstream.checkpoints;

import java.io.IOException;

/** A file of a checkpoint is not what it should be; the message names it and says what is wrong. */
public final class DamagedCheckpointException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedCheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
