package io.radstream.serving.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;

/**
 * A report as server-sent events: pieces of the text as they come, and the whole in the end. The
 * head waits for the first of them, so that what fails before has a status of its own: but not for
 * so long that somebody between here and the client takes the connection for a dead one. Of the
 * request's event loop.
 */
final class ReportStream {

  static final String MEDIA_TYPE = "text/event-stream";

  private static final String KEY = "radstream.report.stream";

  /** A comment, by the specification of server-sent events. */
  private static final String HEARTBEAT = ":\n\n";

  private final HttpServerResponse response;

  /**
   * @param silence after so long, and again and again, something is sent that says nothing
   */
  ReportStream(RoutingContext context, Duration silence) {
    this.response = context.response();
    context.put(KEY, this);
    Vertx vertx = context.vertx();
    long heartbeat = vertx.setPeriodic(silence.toMillis(), fired -> write(HEARTBEAT));
    context.addEndHandler(ended -> vertx.cancelTimer(heartbeat));
  }

  /** Tells a client who reads a stream already what went wrong; nothing for any other. */
  static void fail(RoutingContext context, Problem problem) {
    ReportStream stream = context.get(KEY);
    if (stream != null) {
      stream.end("error", problem);
    }
  }

  void piece(String text) {
    write(frame("piece", Map.of("text", text)));
  }

  private void write(String frame) {
    if (isOpen()) {
      begin();
      response.write(frame);
    }
  }

  void end(ReportAnswer answer) {
    end("report", answer);
  }

  private void end(String event, Object data) {
    if (isOpen()) {
      begin();
      response.end(frame(event, data));
    }
  }

  private boolean isOpen() {
    return !response.ended() && !response.closed();
  }

  private void begin() {
    if (!response.headWritten()) {
      response
          .setChunked(true)
          .putHeader("Content-Type", MEDIA_TYPE)
          .putHeader("Cache-Control", "no-store");
    }
  }

  private static String frame(String event, Object data) {
    return "event: " + event + "\ndata: " + Json.text(data) + "\n\n";
  }
}
