package io.radstream.model.engine;

/** A device was asked for that the engine does not find on this machine. */
public final class MissingDeviceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MissingDeviceException(String message) {
    super(message);
  }
}
