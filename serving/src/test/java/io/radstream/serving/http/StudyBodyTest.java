package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StudyBodyTest {

  private static final int MOST = 64 << 10;
  private static final int PIECE = 16 << 10;
  private static final int PIECES = 64;

  private static final String HEAD =
      """
      POST / HTTP/1.1\r
      Host: a\r
      Content-Type: multipart/form-data; boundary=b\r
      Transfer-Encoding: chunked\r
      \r
      """;

  private static final String PART =
      """
      --b\r
      Content-Disposition: form-data; name="view"; filename="a.png"\r
      Content-Type: image/png\r
      \r
      """;

  private final Vertx vertx = Vertx.vertx();
  private final CompletableFuture<Optional<StudyForm>> read = new CompletableFuture<>();

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void shouldKeepNothingOfABodyThatWasRefusedAndGoesOn() throws IOException {
    try (RawConnection connection = new RawConnection(serve())) {
      connection.send(HEAD + chunk(PART));
      for (int i = 0; i < PIECES; i++) {
        connection.send(chunk("x".repeat(PIECE)));
      }
      connection.send(chunk("\r\n--b--\r\n") + "0\r\n\r\n");
      String answer = connection.readUntil("\r\n\r\n");

      assertThat(answer).startsWith("HTTP/1.1 413 ");
      assertThat(read.join()).isEmpty();
    }
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static Optional<StudyForm> kept(RoutingContext context) {
    return Optional.ofNullable(StudyBody.form(context));
  }

  /** Tells what was kept when the last byte has come. */
  private int serve() {
    Router router = Router.router(vertx);
    router
        .route()
        .handler(
            context -> {
              context.request().end().onSuccess(end -> read.complete(kept(context)));
              context.next();
            })
        .handler(new StudyBody(MOST));
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return server.actualPort();
  }
}
