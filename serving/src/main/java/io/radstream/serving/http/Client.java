package io.radstream.serving.http;

import io.radstream.serving.access.Principal;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Who asks: by its name where it has shown one, by its address otherwise. */
final class Client {

  /** Under it the name stands in the routing context. */
  static final String PRINCIPAL = "radstream.principal";

  private Client() {}

  static void note(RoutingContext context, Principal principal) {
    context.put(PRINCIPAL, principal.name());
  }

  static Optional<String> name(RoutingContext context) {
    return Optional.ofNullable(context.get(PRINCIPAL));
  }

  /** Of the other end of the connection; headers in which anyone may write another do not count. */
  static String address(SocketAddress remote) {
    return remote == null || remote.hostAddress() == null ? "unknown" : remote.hostAddress();
  }

  /** For counting. */
  static String of(RoutingContext context) {
    return name(context)
        .map(name -> "name " + name)
        .orElseGet(() -> "address " + address(context.request().remoteAddress()));
  }
}
