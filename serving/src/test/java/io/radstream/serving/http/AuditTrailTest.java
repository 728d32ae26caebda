package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.serving.access.Access;
import io.radstream.serving.access.ApiKeyFile;
import io.radstream.serving.access.Identification;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.TestImages;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class AuditTrailTest {

  private static final String SECRET = "accession-4711";

  private static final String HEAD =
      String.join(
          "\r\n",
          "POST /v1/score HTTP/1.1",
          "Host: a",
          "Content-Type: application/json",
          "Authorization: Bearer %s",
          "Content-Length: 100",
          "Expect: 100-continue",
          "",
          "");

  @TempDir private Path folder;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("radstream.audit");
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
        }
      };

  private String scorer;
  private String reader;
  private RunningApi running;

  @BeforeEach
  void start() throws IOException {
    appender.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(appender);
    ApiKeyFile keys = new ApiKeyFile(folder.resolve("keys.yaml"));
    scorer = keys.add("viewer-7", Set.of(Access.SCORE));
    reader = keys.add("reader", Set.of(Access.READ));
    running =
        ApiSetup.in(folder)
            .access(
                RunningApi.OPEN.withIdentification(
                    new Identification(Optional.of(keys.path()), Optional.empty(), false)))
            .start("line-1", new FakeNetwork());
  }

  @AfterEach
  void stop() {
    running.close();
    logger.detachAppender(appender);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  private int score(Optional<String> key, String body) {
    var request =
        running
            .request("/v1/score?" + SECRET)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    key.ifPresent(shown -> request.header("Authorization", "Bearer " + shown));
    return running.send(request.build()).statusCode();
  }

  private static String study() {
    return "{\"studyId\":\"%s\",\"views\":[{\"image\":\"%s\"}]}"
        .formatted(SECRET, Base64.getEncoder().encodeToString(TestImages.white()));
  }

  @Test
  void shouldTellWhoScoredWithWhichCheckpointAndNothingOfTheStudy() throws Exception {
    int status = score(Optional.of(scorer), study());

    String text = lines.take();
    JsonNode line = json(text);
    assertThat(status).isEqualTo(200);
    assertThat(Instant.parse(line.path("at").asText())).isAfter(Instant.EPOCH);
    assertThat(line.path("who").asText()).isEqualTo("viewer-7");
    assertThat(line.path("address").asText()).isEqualTo("127.0.0.1");
    assertThat(line.path("what").asText()).isEqualTo("POST /v1/score");
    assertThat(line.path("checkpoint").asText()).isEqualTo("line-1");
    assertThat(line.path("outcome").asText()).isEqualTo("done");
    assertThat(line.path("status").asInt()).isEqualTo(200);
    assertThat(text).doesNotContain(SECRET, scorer, "\n");
  }

  @Test
  void shouldTellWhatWasRefused() throws Exception {
    score(Optional.of(scorer), "{");
    JsonNode broken = json(lines.take());
    score(Optional.of(reader), study());
    JsonNode withoutRole = json(lines.take());
    score(Optional.empty(), study());
    JsonNode nobody = json(lines.take());

    assertThat(broken.path("outcome").asText()).isEqualTo("refused");
    assertThat(broken.path("status").asInt()).isEqualTo(400);
    assertThat(withoutRole.path("who").asText()).isEqualTo("reader");
    assertThat(withoutRole.path("status").asInt()).isEqualTo(403);
    assertThat(nobody.has("who")).isFalse();
    assertThat(nobody.path("status").asInt()).isEqualTo(401);
  }

  @Test
  void shouldTellOfAClientThatDidNotWait() throws Exception {
    try (RawConnection connection = running.connect()) {
      connection.send(HEAD.formatted(scorer));
      connection.readUntil("100 Continue");
    }

    JsonNode line = json(lines.take());

    assertThat(line.path("outcome").asText()).isEqualTo("gone");
    assertThat(line.has("status")).isFalse();
  }

  @Test
  void shouldNotTellWhoLooked() throws Exception {
    running.send(running.request("/v1/models").header("Authorization", "Bearer " + reader).build());
    score(Optional.of(scorer), "{}");

    JsonNode first = json(lines.take());

    assertThat(first.path("what").asText()).isEqualTo("POST /v1/score");
  }
}
