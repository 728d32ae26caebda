package io.radstream.serving.http;

import io.radstream.serving.score.OverloadedException;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Server-sent events to everyone who listens. All writing happens on one event loop, so that a
 * greeting and what follows it arrive in order; a listener that cannot keep up is cut off and will
 * come back for a new greeting.
 */
final class EventStream implements AutoCloseable {

  /** An event with its data, an object that is written as JSON. */
  record Event(String name, Object data) {

    private String frame() {
      return "event: " + name + "\ndata: " + Json.text(data) + "\n\n";
    }
  }

  private static final long HEARTBEAT_MILLIS = 15_000;
  private static final int UNSENT_BYTES = 4 << 20;

  private final Vertx vertx;
  private final Context context;
  private final long heartbeat;
  private final Set<HttpServerResponse> listeners = new HashSet<>();

  /** Of the event loop. */
  private boolean closed;

  EventStream(Vertx vertx) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.heartbeat =
        vertx.setPeriodic(HEARTBEAT_MILLIS, id -> context.runOnContext(now -> write(":\n\n")));
  }

  /** Sends to everyone; callable on any thread. */
  void publish(String name, Object data) {
    context.runOnContext(
        now -> {
          if (!listeners.isEmpty()) {
            write(new Event(name, data).frame());
          }
        });
  }

  /**
   * @param most listeners at a time; the next is turned away
   * @param greeting what a new listener needs to know first
   */
  Handler<RoutingContext> handler(int most, Supplier<List<Event>> greeting) {
    return request ->
        context.runOnContext(
            now -> {
              try {
                listen(request, most, greeting);
              } catch (RuntimeException | Error e) {
                // The loop only logs it, and the page would wait for an answer for ever.
                request.fail(e);
              }
            });
  }

  private void listen(RoutingContext request, int most, Supplier<List<Event>> greeting) {
    if (closed) {
      throw new ProblemException(Problem.stopping());
    }
    forgetThoseGone();
    if (listeners.size() >= most) {
      throw new OverloadedException("pages that are listening already: %d".formatted(most));
    }
    List<String> frames = greeting.get().stream().map(Event::frame).toList();
    HttpServerResponse response = request.response();
    response
        .setChunked(true)
        .setWriteQueueMaxSize(UNSENT_BYTES)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store");
    request.addEndHandler(ended -> context.runOnContext(then -> listeners.remove(response)));
    listeners.add(response);
    frames.forEach(response::write);
  }

  /** Whoever had gone before its end could be listened for has told nobody. */
  private void forgetThoseGone() {
    listeners.removeIf(listener -> listener.closed() || listener.ended());
  }

  private void write(String frame) {
    forgetThoseGone();
    for (HttpServerResponse listener : List.copyOf(listeners)) {
      if (listener.writeQueueFull()) {
        listeners.remove(listener);
        listener.reset();
      } else {
        listener.write(frame);
      }
    }
  }

  /** Ends all streams, so that they do not hold up a shutdown. */
  @Override
  public void close() {
    vertx.cancelTimer(heartbeat);
    context.runOnContext(
        now -> {
          closed = true;
          List.copyOf(listeners).forEach(HttpServerResponse::end);
          listeners.clear();
        });
  }
}
