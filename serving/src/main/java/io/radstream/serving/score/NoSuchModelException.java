package io.radstream.serving.score;

import java.util.List;

/** A request names a model that is not loaded. */
public final class NoSuchModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param loaded names of models that are
   */
  public NoSuchModelException(List<String> loaded) {
    super("no model of that name is loaded; loaded are: " + String.join(", ", loaded));
  }
}
