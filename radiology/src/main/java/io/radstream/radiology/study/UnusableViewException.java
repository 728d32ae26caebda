package io.radstream.radiology.study;

import io.radstream.radiology.image.UnreadableImageException;

/** A view that cannot be scored; the message holds its place in the request, not its name. */
public final class UnusableViewException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableViewException(int index, UnreadableImageException cause) {
    super("view " + (index + 1) + ": " + cause.getMessage(), cause);
  }
}
