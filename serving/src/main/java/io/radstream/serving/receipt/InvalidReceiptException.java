package io.radstream.serving.receipt;

import java.io.IOException;

/** What was given as a receipt is none that can be read; the message says why. */
public final class InvalidReceiptException extends IOException {

  private static final long serialVersionUID = 1L;

  InvalidReceiptException(String message) {
    super(message);
  }

  InvalidReceiptException(String message, Throwable cause) {
    super(message, cause);
  }
}
