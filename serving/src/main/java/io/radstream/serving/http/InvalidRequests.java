package io.radstream.serving.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Answers what is not HTTP, of which no more can be read on its connection.
 *
 * @param headers of every answer
 */
record InvalidRequests(SecurityHeaders headers) implements Handler<HttpServerRequest> {

  @Override
  public void handle(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (response.headWritten()) {
      request.connection().close();
      return;
    }
    Problem problem = problem(request.decoderResult().cause());
    headers.put(response.headers());
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .putHeader("Connection", "close")
        .end(Json.text(problem))
        .onComplete(sent -> request.connection().close());
  }

  private static Problem problem(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Problem.of(
          HttpResponseStatus.REQUEST_URI_TOO_LONG.code(),
          "target_too_long",
          "the path and query are too long; send what is long in the body");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return Problem.of(
          HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE.code(),
          "headers_too_large",
          "the headers are too large; send fewer or shorter ones");
    }
    return Problem.badRequest("bad_request", "the request cannot be understood");
  }
}
