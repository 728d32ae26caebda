package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.serving.checkpoint.KeptFleet;
import io.radstream.serving.checkpoint.StoredCheckpoint;
import io.radstream.serving.fleet.NewestWins;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.StudyNetwork;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a person is told whose checkpoint takes longer to load than an answer waits. */
@Timeout(60)
class SlowDecisionTest {

  private static final String OLD = "demo-000000100";
  private static final String NEW = "demo-000000200";

  private final CountDownLatch loads = new CountDownLatch(1);
  private volatile boolean fails;

  @TempDir private Path store;
  private RunningApi running;

  @BeforeEach
  void start() {
    running =
        ApiSetup.of(
                new KeptFleet.Parts(
                    store, (config, weights) -> load(weights), new NewestWins(), Optional.empty()))
            .patience(Duration.ofMillis(50))
            .start();
    running.kept.announce(
        StoredCheckpoint.write(store, "demo", 100).announce(),
        StoredCheckpoint.write(store, "demo", 200).announce());
    while (!live().equals(NEW)) {
      Moment.pass();
    }
  }

  @AfterEach
  void stop() {
    loads.countDown();
    running.close();
  }

  /** The older one, which the policy does not ask for, waits at the latch. */
  private StudyNetwork load(Path weights) throws IOException {
    if (weights.getParent().endsWith("000000100")) {
      try {
        loads.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (fails) {
        throw new IOException("the disk is gone");
      }
    }
    return new FakeNetwork();
  }

  private String live() {
    return json(running.get("/v1/models")).at("/live").asText();
  }

  private HttpResponse<String> promote() {
    return running.postJson("/v1/models/" + OLD + "/promote", "{\"reason\":\"it was better\"}");
  }

  private JsonNode newestDecision() {
    return json(running.get("/v1/models/decisions?limit=1")).at("/decisions/0");
  }

  @Test
  void shouldSayThatItGoesOnAndThenDoIt() {
    HttpResponse<String> response = promote();
    String meanwhile = live();
    loads.countDown();

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.headers().firstValue("Location")).contains("/v1/models/decisions");
    assertThat(json(response).toString())
        .isEqualTo("{\"outcome\":\"loading\",\"live\":\"%s\"}".formatted(NEW));
    assertThat(meanwhile).isEqualTo(NEW);
    while (!live().equals(OLD)) {
      Moment.pass();
    }
    assertThat(newestDecision().at("/reason").asText()).isEqualTo("it was better");
    assertThat(newestDecision().at("/effect").asBoolean()).isTrue();
  }

  @Test
  void shouldChangeNothingWhereItCannotBeLoadedInTheEnd() {
    fails = true;

    HttpResponse<String> response = promote();
    loads.countDown();

    assertThat(response.statusCode()).isEqualTo(202);
    while (!json(running.get("/v1/models")).at("/models/1/state").asText().equals("refused")) {
      Moment.pass();
    }
    assertThat(json(running.get("/v1/models")).at("/models/1/reason").asText())
        .contains("the disk is gone");
    assertThat(live()).isEqualTo(NEW);
  }

  @Test
  void shouldTellTheLogOfWhatCameToNothingAfterTheAnswer() {
    fails = true;
    ListAppender<ILoggingEvent> told = new ListAppender<>();
    told.list = new CopyOnWriteArrayList<>();
    told.start();
    Logger log = (Logger) LoggerFactory.getLogger(DecisionEndpoints.class);
    log.addAppender(told);
    try {
      HttpResponse<String> response = promote();
      loads.countDown();

      assertThat(response.statusCode()).isEqualTo(202);
      while (told.list.isEmpty()) {
        Moment.pass();
      }
      assertThat(told.list)
          .singleElement()
          .extracting(ILoggingEvent::getFormattedMessage)
          .asString()
          .contains("was not made: the checkpoint cannot be loaded", "the disk is gone");
    } finally {
      log.detachAppender(told);
    }
  }

  @Test
  void shouldTakeAnotherDecisionMeanwhile() {
    promote();

    HttpResponse<String> pinned = running.postJson("/v1/models/" + NEW + "/pin", "{}");

    // On a busy machine it too may take longer than an answer waits.
    assertThat(pinned.statusCode()).isIn(200, 202);
    assertThat(json(pinned).at("/live").asText()).isEqualTo(NEW);
    while (!newestDecision().at("/verdict").asText().equals("pin")) {
      Moment.pass();
    }
    assertThat(newestDecision().at("/effect").asBoolean()).isTrue();
  }
}
