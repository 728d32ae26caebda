package io.radstream.serving.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.radstream.serving.access.Access;
import io.radstream.serving.access.Principal;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Who asks: by its name where it has shown one, by its address otherwise. */
final class Client {

  /** Under it the name stands in the routing context. */
  static final String PRINCIPAL = "radstream.principal";

  private static final String CALLER = "radstream.caller";

  private Client() {}

  static void note(RoutingContext context, Principal principal) {
    context.put(PRINCIPAL, principal.name());
    context.put(CALLER, principal);
  }

  static Optional<String> name(RoutingContext context) {
    return Optional.ofNullable(context.get(PRINCIPAL));
  }

  /**
   * Requires a role beside that of the endpoint; where nobody is asked who it is, everybody has it.
   *
   * @throws ProblemException where the caller does not have it
   */
  static void require(RoutingContext context, Access needed) {
    Principal caller = context.get(CALLER);
    if (caller != null && !caller.may(needed)) {
      throw missing(needed);
    }
  }

  static ProblemException missing(Access needed) {
    return new ProblemException(
        Problem.of(
            HttpResponseStatus.FORBIDDEN.code(),
            "missing_role",
            "this needs the role '%s', which the key or token does not have"
                .formatted(needed.word())));
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
