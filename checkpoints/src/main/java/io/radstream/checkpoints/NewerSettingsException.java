package io.radstream.checkpoints;

/** Settings were written by a newer version of the program, in a form that this one cannot read. */
public final class NewerSettingsException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  NewerSettingsException(String message) {
    super(message);
  }
}
