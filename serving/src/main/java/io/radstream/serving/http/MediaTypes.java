package io.radstream.serving.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lets in only bodies of the media types that an endpoint accepts, by what their head says. */
final class MediaTypes implements Guard {

  private static final int UNSUPPORTED_MEDIA_TYPE = 415;

  @Override
  public Optional<Handler<RoutingContext>> before(Endpoint endpoint) {
    return endpoint.accepts().isEmpty()
        ? Optional.empty()
        : Optional.of(context -> check(context, endpoint.accepts()));
  }

  private static void check(RoutingContext context, List<String> accepted) {
    if (!accepted.contains(of(context))) {
      throw new ProblemException(
          Problem.of(
              UNSUPPORTED_MEDIA_TYPE,
              "unsupported_media_type",
              "Content-Type must be "
                  + accepted.stream()
                      .filter(type -> !type.isEmpty())
                      .collect(Collectors.joining(" or "))));
    }
    context.next();
  }

  /** The media type of the body without parameters, in lower case; empty where there is none. */
  static String of(RoutingContext context) {
    String header = context.request().getHeader("Content-Type");
    return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
