package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.serving.http.EventStream.Event;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {

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
              return List.of(new Event("hello", Map.of("a", 1)));
            });

    int refused = open(address).statusCode();
    HttpResponse<Stream<String>> served = open(address);

    assertThat(refused).isEqualTo(500);
    assertThat(served.statusCode()).isEqualTo(200);
    try (Stream<String> lines = served.body()) {
      assertThat(lines.limit(2)).containsExactly("event: hello", "data: {\"a\":1}");
    }
  }

  private static HttpResponse<Stream<String>> open(URI address) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofLines());
  }

  private URI serve(Supplier<List<Event>> greeting) {
    Router router = Router.router(vertx);
    router.get("/events").handler(stream.handler(1, greeting));
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
