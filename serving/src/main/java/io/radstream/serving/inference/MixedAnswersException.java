package io.radstream.serving.inference;

/**
 * The studies of one request were answered by checkpoints that score different findings, as may be
 * where one became live meanwhile.
 */
public final class MixedAnswersException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MixedAnswersException() {
    super(
        "the studies of this request were answered by checkpoints with different findings; send it"
            + " again, or name a version");
  }
}
