package io.radstream.cli.bench;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Clients of the scoring service, all on one thread. Each keeps its connection. */
final class ServeLoad implements AutoCloseable {

  private static final int DONE = 200;
  private static final double NANOS = 1e9;
  private static final double NANOS_A_MILLI = 1e6;

  /**
   * @param millis from question to answer
   * @param requests all, those before and behind the measured ones among them
   */
  record Round(double requestsPerSecond, List<Double> millis, long requests) {}

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context thread = vertx.getOrCreateContext();
  private final HttpClient client;
  private final int port;
  private final List<Buffer> bodies;

  /**
   * @param most clients at a time
   * @param bodies sent in turn
   */
  ServeLoad(int port, int most, List<Buffer> bodies) {
    this.client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(most));
    this.port = port;
    this.bodies = bodies;
  }

  /**
   * Returns when every client has its last answer.
   *
   * @param least time that is measured; it begins when there are as many answers as clients, and
   *     ends when there are a multiple of that
   */
  Round run(int clients, Duration least) {
    Course course = new Course(clients, least.toNanos());
    thread.runOnContext(begin -> course.begin());
    try {
      return course.round.join();
    } catch (CompletionException e) {
      throw new IllegalStateException("a request failed", e.getCause());
    }
  }

  /** Used on the one thread only. */
  private final class Course {

    private final CompletableFuture<Round> round = new CompletableFuture<>();
    private final List<Double> millis = new ArrayList<>();
    private final int clients;
    private final long least;
    private long asked;
    private long answered;
    private long began;
    private long ended;

    private Course(int clients, long least) {
      this.clients = clients;
      this.least = least;
    }

    private void begin() {
      for (int i = 0; i < clients; i++) {
        ask();
      }
    }

    private void ask() {
      long since = System.nanoTime();
      Buffer body = bodies.get((int) (asked++ % bodies.size()));
      client
          .request(HttpMethod.POST, port, "127.0.0.1", "/v1/score")
          .compose(
              request -> request.putHeader("Content-Type", ServeStudies.CONTENT_TYPE).send(body))
          .compose(response -> response.body().map(text -> response.statusCode()))
          .onComplete(status -> answered(status, since));
    }

    private void answered(AsyncResult<Integer> status, long since) {
      if (status.failed() || status.result() != DONE) {
        round.completeExceptionally(
            status.failed() ? status.cause() : new IllegalStateException("" + status.result()));
        return;
      }
      long now = System.nanoTime();
      answered++;
      if (answered == clients) {
        began = now;
      } else if (answered > clients && ended == 0) {
        millis.add((now - since) / NANOS_A_MILLI);
        if (answered % clients == 0 && now - began >= least) {
          ended = now;
        }
      }
      if (ended == 0) {
        ask();
      } else if (answered == asked) {
        round.complete(
            new Round(millis.size() / ((ended - began) / NANOS), List.copyOf(millis), answered));
      }
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
