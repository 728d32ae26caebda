package io.radstream.trainer.config;

/** Settings were written by a newer version of the program, in a form that this one cannot read. */
public final class NewerSettingsException extends InvalidConfigException {

  private static final long serialVersionUID = 1L;

  NewerSettingsException(String message) {
    super(message);
  }
}
