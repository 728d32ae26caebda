package io.radstream.experiments.plan;

import java.io.Serial;

/** What a file says is not an experiment; the message names the place and what would be right. */
public final class InvalidExperimentException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1L;

  public InvalidExperimentException(String message) {
    super(message);
  }

  public InvalidExperimentException(String place, String problem) {
    super(place + ": " + problem);
  }

  public InvalidExperimentException(String message, Exception cause) {
    super(message, cause);
  }
}
