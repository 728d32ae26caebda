package io.radstream.results.hl7;

import io.radstream.results.destination.Timeouts;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Who takes messages.
 *
 * @param application as the header calls the receiver; may be empty
 * @param facility likewise
 * @param tls keys and certificates; empty: in the clear
 * @param timeouts how long it is waited for
 */
public record MllpAddress(
    String host,
    int port,
    String application,
    String facility,
    Optional<SSLContext> tls,
    Timeouts timeouts) {

  private static final Pattern FORM = Pattern.compile("(.+):([0-9]{1,5})");
  private static final int HIGHEST_PORT = 65_535;

  /**
   * @param text {@code HOST:PORT}
   * @throws IllegalArgumentException where it is none
   */
  public static MllpAddress parse(
      String text, String application, String facility, Optional<SSLContext> tls) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("a receiver is named as HOST:PORT");
    }
    int port = Integer.parseInt(form.group(2));
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("a port is between 1 and 65535");
    }
    return new MllpAddress(form.group(1), port, application, facility, tls, Timeouts.USUAL);
  }

  public MllpAddress with(Timeouts other) {
    return new MllpAddress(host, port, application, facility, tls, other);
  }
}
