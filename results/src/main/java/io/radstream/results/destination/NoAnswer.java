package io.radstream.results.destination;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;

/** What is told of a receiver that gave no answer: not in its words, which may quote. */
public final class NoAnswer {

  private static final int DEEPEST = 8;

  private NoAnswer() {}

  public static Outcome.Away after(IOException e) {
    if (e instanceof SocketTimeoutException || e instanceof HttpTimeoutException) {
      return new Outcome.Away("no answer in time");
    }
    if (!(e instanceof SSLException)) {
      return new Outcome.Away("no answer (%s)".formatted(e.getClass().getSimpleName()));
    }
    return new Outcome.Away(
        isOfCertificate(e)
            ? "its certificate is not trusted, or is of another host: is it, or who signed it, in"
                + " --tls-trust-store"
            : "no agreement on TLS: does it speak TLS at this port, and does it ask for a"
                + " certificate of ours (--tls-key-store)");
  }

  private static boolean isOfCertificate(Throwable e) {
    Throwable cause = e.getCause();
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof GeneralSecurityException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
