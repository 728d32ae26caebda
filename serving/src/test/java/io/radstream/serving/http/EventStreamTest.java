package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.serving.http.EventStream.Event;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {

  private static final Event HELLO = new Event("hello", Map.of("a", 1));

  private final Vertx vertx = Vertx.vertx();
  private final EventStream stream = new EventStream(vertx);

  @AfterEach
  void stop() {
    stream.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void shouldFailARequestThatCannotBeGreetedAndServeTheNext() throws Exception {
    AtomicBoolean failed = new AtomicBoolean();
    URI address =
        serve(
            () -> {
              if (!failed.getAndSet(true)) {
                throw new StackOverflowError();
              }
              return List.of(HELLO);
            });

    int refused = open(address).statusCode();
    HttpResponse<Stream<String>> served = open(address);

    assertThat(refused).isEqualTo(500);
    assertThat(served.statusCode()).isEqualTo(200);
    try (Stream<String> lines = served.body()) {
      assertThat(lines.limit(2)).containsExactly("event: hello", "data: {\"a\":1}");
    }
  }

  @Test
  void shouldKeepNoPlaceForAPageThatWasGoneBeforeItWasGreeted() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    Handler<RoutingContext> listening = stream.handler(1, () -> List.of(HELLO));
    URI address =
        serve(
            request -> {
              if (gone.getCount() == 0) {
                listening.handle(request);
                return;
              }
              request
                  .request()
                  .connection()
                  .closeHandler(
                      closed -> {
                        listening.handle(request);
                        gone.countDown();
                      });
            });
    try (RawConnection leaving = new RawConnection(address.getPort())) {
      leaving.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    gone.await();

    HttpResponse<Stream<String>> served = open(address);

    assertThat(served.statusCode()).isEqualTo(200);
    served.body().close();
  }

  private static HttpResponse<Stream<String>> open(URI address) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofLines());
  }

  private URI serve(Supplier<List<Event>> greeting) {
    return serve(stream.handler(1, greeting));
  }

  private URI serve(Handler<RoutingContext> handler) {
    Router router = Router.router(vertx);
    router.get("/events").handler(handler);
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return URI.create("http://127.0.0.1:%d/events".formatted(server.actualPort()));
  }
}
