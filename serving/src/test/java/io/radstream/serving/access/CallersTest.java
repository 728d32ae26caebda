package io.radstream.serving.access;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class CallersTest {

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Callers.class);
  private final Vertx vertx = Vertx.vertx();

  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private List<String> warnings(Path keys) throws IOException {
    Callers unused =
        Callers.of(vertx, new Identification(Optional.of(keys), Optional.empty(), false));
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void shouldWarnWhereNoKeyIsKnown() throws IOException {
    Path keys = Files.writeString(folder.resolve("keys.yaml"), "# none yet\n");

    assertThat(warnings(keys)).singleElement().asString().startsWith(keys + " has no keys");
  }

  @Test
  void shouldNotWarnWhereOneIs() throws IOException {
    ApiKeyFile keys = new ApiKeyFile(folder.resolve("keys.yaml"));
    String unused = keys.add("viewer", Set.of(Access.READ));

    assertThat(warnings(keys.path())).isEmpty();
  }
}
