package io.radstream.serving.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.radstream.serving.access.Neighbours;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Turns away what a page of another site has a browser ask, on loopback too: there the site itself
 * has no way in but the browser of somebody who has.
 */
final class BrowserCheck implements Handler<RoutingContext> {

  private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");

  private final Neighbours neighbours;
  private final String listening;

  BrowserCheck(Neighbours neighbours, String listening) {
    this.neighbours = neighbours;
    this.listening = listening;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    HostAndPort authority = request.authority();
    if (authority == null || request.headers().getAll(HttpHeaders.HOST).size() > 1) {
      throw new ProblemException(
          Problem.badRequest("bad_request", "the request does not say in one Host whom it is for"));
    }
    if (!neighbours.isKnown(authority.host(), listening)) {
      throw new ProblemException(
          Problem.of(
              HttpResponseStatus.MISDIRECTED_REQUEST.code(),
              "unknown_host",
              "the service is not known by the name in Host; who runs it names it with"
                  + " --public-host"));
    }
    if (isForeign(request, authority.toString())) {
      throw new ProblemException(
          Problem.of(
              HttpResponseStatus.FORBIDDEN.code(),
              "foreign_origin",
              "pages of other sites may not ask here; who runs the service lets one in with"
                  + " --cors-origin"));
    }
    context.next();
  }

  private boolean isForeign(HttpServerRequest request, String authority) {
    String origin = request.getHeader("Origin");
    if (origin != null) {
      return !neighbours.isOwn(origin, authority) && !neighbours.isListed(origin);
    }
    String site = request.getHeader("Sec-Fetch-Site");
    return site != null && OTHER_SITES.contains(site) && !isFollowedLink(request);
  }

  private static boolean isFollowedLink(HttpServerRequest request) {
    return request.method().equals(HttpMethod.GET)
        && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
  }
}
