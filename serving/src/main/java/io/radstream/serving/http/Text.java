package io.radstream.serving.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** Writes answers that are text already. */
final class Text {

  private Text() {}

  static void send(RoutingContext context, String mediaType, Buffer text) {
    context
        .response()
        .putHeader("Content-Type", mediaType)
        .putHeader("Cache-Control", "no-cache")
        .end(text);
  }
}
