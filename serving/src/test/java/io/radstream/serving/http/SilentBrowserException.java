package io.radstream.serving.http;

/** A browser does not answer what it was told. */
final class SilentBrowserException extends RuntimeException {

  private static final long serialVersionUID = 1;

  SilentBrowserException(String method) {
    super("Chromium does not answer " + method);
  }
}
