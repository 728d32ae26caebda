package io.radstream.results.dicom;

import io.radstream.producers.dicom.listen.AeTitle;
import io.radstream.results.destination.Timeouts;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * An archive that takes C-STORE.
 *
 * @param called its AE title
 * @param calling ours
 * @param tls keys and certificates; empty: in the clear
 * @param timeouts how long it is waited for
 */
public record StoreAddress(
    AeTitle called,
    String host,
    int port,
    AeTitle calling,
    Optional<SSLContext> tls,
    Timeouts timeouts) {

  private static final Pattern FORM = Pattern.compile("([^@]+)@(.+):([0-9]{1,5})");
  private static final int HIGHEST_PORT = 65_535;

  /**
   * @param text {@code AET@HOST:PORT}
   * @throws IllegalArgumentException where it is none
   */
  public static StoreAddress parse(String text, AeTitle calling, Optional<SSLContext> tls) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("an archive is named as AET@HOST:PORT");
    }
    int port = Integer.parseInt(form.group(3));
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("a port is between 1 and 65535");
    }
    return new StoreAddress(
        new AeTitle(form.group(1)), form.group(2), port, calling, tls, Timeouts.USUAL);
  }

  public StoreAddress with(Timeouts other) {
    return new StoreAddress(called, host, port, calling, tls, other);
  }
}
