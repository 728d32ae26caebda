package io.radstream.serving.access;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From where browsers may ask: a page of another site, or one whose name leads here by a trick, has
 * the reach of whoever looks at it, and must not use it.
 *
 * @param publicHosts names by which the service is known, beside loopback names, addresses, and
 *     what it listens on; in lower case, without a port
 * @param corsOrigins origins of other sites whose pages may ask, as {@code https://a.example}
 */
public record Neighbours(Set<String> publicHosts, Set<String> corsOrigins) {

  public static final Neighbours NONE = new Neighbours(Set.of(), Set.of());

  /**
   * @throws IllegalArgumentException where one is no host name, or no origin
   */
  public Neighbours {
    publicHosts = publicHosts.stream().map(Neighbours::host).collect(Collectors.toSet());
    corsOrigins = corsOrigins.stream().map(Neighbours::origin).collect(Collectors.toSet());
  }

  private static String host(String name) {
    if (!name.matches("[A-Za-z0-9._-]+|\\[[0-9a-fA-F:.]+]")) {
      throw new IllegalArgumentException(
          "a public host is a name without scheme and port, not '%s'".formatted(name));
    }
    return name.toLowerCase(Locale.ROOT);
  }

  private static String origin(String text) {
    URI uri = URI.create(text);
    boolean whole = uri.getScheme() != null && uri.getRawAuthority() != null;
    if (!whole || !text.equals(uri.getScheme() + "://" + uri.getRawAuthority())) {
      throw new IllegalArgumentException(
          "an origin is scheme, host and port, as https://a.example, not '%s'".formatted(text));
    }
    return text.toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a request for this host can have been meant for this service. An address always can:
   * whoever misleads a browser does it by a name.
   *
   * @param host without port
   * @param listening what the service listens on
   */
  public boolean isKnown(String host, String listening) {
    String asked = host.toLowerCase(Locale.ROOT);
    return ListenAddress.isLiteral(asked)
        || ListenAddress.isLoopback(asked)
        || asked.equals(listening.toLowerCase(Locale.ROOT))
        || publicHosts.contains(asked);
  }

  /**
   * Whether a page of this origin may ask. The scheme is not compared: who ends TLS before the
   * service passes on the host, and a page of the same host without TLS is the host's own concern.
   *
   * @param authority that the request is for, host and port
   */
  public boolean isOwn(String origin, String authority) {
    String asking = origin.toLowerCase(Locale.ROOT);
    int scheme = asking.indexOf("://");
    return scheme > 0 && asking.substring(scheme + 3).equals(authority.toLowerCase(Locale.ROOT));
  }

  public boolean isListed(String origin) {
    return corsOrigins.contains(origin.toLowerCase(Locale.ROOT));
  }
}
