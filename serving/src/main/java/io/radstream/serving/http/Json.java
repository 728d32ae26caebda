package io.radstream.serving.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;

/** Writes answers as JSON. */
final class Json {

  static final String MEDIA_TYPE = "application/json";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static void send(RoutingContext context, Object answer) {
    send(context, MEDIA_TYPE, answer);
  }

  static void send(RoutingContext context, String mediaType, Object answer) {
    context
        .response()
        .putHeader("Content-Type", mediaType)
        .putHeader("Cache-Control", "no-store")
        .end(text(answer));
  }

  static String text(Object answer) {
    try {
      return MAPPER.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer that cannot be written as JSON", e);
    }
  }
}
