package io.radstream.tracking.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.tracking.EvaluationFigures;
import io.radstream.tracking.RunFigures;
import io.radstream.tracking.RunSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MlflowTest {

  private static final Instant TIME = Instant.ofEpochSecond(1_000_000);

  private TrackingServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TrackingServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Mlflow experiment() {
    return new Mlflow(server.address(Optional.empty()), "chest & more");
  }

  private static RunFigures loss(long step) {
    return new RunFigures("chest", "chest-1", step, TIME, Map.of("loss", 10.0 - step));
  }

  private static RunSettings settings(String json) {
    return RunSettings.of("chest", "chest-1", TIME, json);
  }

  @Test
  void shouldMakeARunWithSettingsAndFigures() throws Exception {
    try (Mlflow mlflow = experiment()) {
      mlflow.settings(settings("{\"batch\": 32, \"schedule\": {\"steps\": 2}, \"a\": [1, 2]}"));
      mlflow.figures(loss(1));
      mlflow.figures(loss(2));
    }

    assertThat(server.experiments).containsOnlyKeys("chest & more");
    JsonNode run = server.runs.get("r0");
    assertThat(run.at("/data/params").findValuesAsText("key"))
        .containsExactly("a", "batch", "schedule.steps");
    assertThat(run.at("/data/params").findValuesAsText("value"))
        .containsExactly("[1,2]", "32", "2");
    assertThat(run.at("/data/tags").findValuesAsText("value")).contains("chest", "chest-1");
    assertThat(server.values("loss")).containsExactly(9.0, 8.0);
    assertThat(run.at("/info/status").asText()).isEqualTo("FINISHED");
  }

  @Test
  void shouldLeaveARunGoingThatHasNotTakenItsSteps() throws Exception {
    try (Mlflow mlflow = experiment()) {
      mlflow.settings(settings("{\"schedule\": {\"steps\": 3}}"));
      mlflow.figures(loss(2));
    }

    assertThat(server.runs.get("r0").at("/info/status").asText()).isEqualTo("RUNNING");
  }

  @Test
  void shouldSendNothingThatIsThereAlready() throws Exception {
    for (int times = 0; times < 2; times++) {
      try (Mlflow mlflow = experiment()) {
        mlflow.settings(settings("{\"batch\": 32}"));
        mlflow.figures(loss(1));
        mlflow.figures(loss(2));
        mlflow.figures(loss(2));
        if (times == 1) {
          mlflow.figures(loss(3));
        }
      }
    }

    assertThat(server.runs).hasSize(1);
    assertThat(server.values("loss")).containsExactly(9.0, 8.0, 7.0);
    assertThat(server.runs.get("r0").at("/data/params")).hasSize(1);
  }

  @Test
  void shouldSendWhatIsMeasuredBehindAStep() throws Exception {
    RunFigures validation =
        new RunFigures("chest", "chest-1", 1, TIME, Map.of("validation_auc", 0.75));
    try (Mlflow mlflow = experiment()) {
      mlflow.figures(loss(1));
    }
    for (int times = 0; times < 2; times++) {
      try (Mlflow mlflow = experiment()) {
        mlflow.figures(loss(1));
        mlflow.figures(validation);
        mlflow.figures(validation);
      }
    }

    assertThat(server.values("loss")).containsExactly(9.0);
    assertThat(server.values("validation_auc")).containsExactly(0.75);
  }

  @Test
  void shouldKeepTheServersLimits() throws Exception {
    Map<String, Double> many = new TreeMap<>();
    IntStream.range(0, 700).forEach(i -> many.put("figure_" + i, 1.0));
    String json =
        "{\"findings\": {%s}}"
            .formatted(
                String.join(
                    ",",
                    IntStream.range(0, 250).mapToObj(i -> "\"f%d\": \"x\"".formatted(i)).toList()));
    try (Mlflow mlflow = experiment()) {
      mlflow.settings(settings(json));
      for (int step = 1; step <= 3; step++) {
        mlflow.figures(new RunFigures("chest", "chest-1", step, TIME, many));
      }
    }

    assertThat(server.runs.get("r0").at("/data/params")).hasSize(250);
    assertThat(server.runs.get("r0").at("/data/metrics")).hasSize(2_100);
  }

  @Test
  void shouldGoOnWhereTheServerBroke() throws Exception {
    try (Mlflow mlflow = experiment()) {
      mlflow.figures(loss(1));
      mlflow.flush();
      server.good = 0;
      mlflow.figures(loss(2));
      assertThatThrownBy(mlflow::flush)
          .hasMessageContaining("HTTP 503 TEMPORARILY_UNAVAILABLE")
          .hasMessageNotContaining("patient");
      server.good = -1;
      mlflow.figures(loss(2));
    }

    assertThat(server.values("loss")).containsExactly(9.0, 8.0);
  }

  @Test
  void shouldGoOnWhereAProcessWasEndedBetweenTwoBatches() throws Exception {
    Map<String, Double> many = new TreeMap<>();
    IntStream.range(0, 700).forEach(i -> many.put("figure_" + i, 1.0));
    Map<String, Integer> settings = new TreeMap<>();
    IntStream.range(0, 250).forEach(i -> settings.put("s" + i, i));
    String json = new ObjectMapper().writeValueAsString(settings);
    for (int taken : List.of(1, 3, -1)) {
      server.good = taken;
      try (Mlflow mlflow = experiment()) {
        mlflow.settings(settings(json));
        mlflow.figures(new RunFigures("chest", "chest-1", 1, TIME, many));
        mlflow.figures(new RunFigures("chest", "chest-1", 2, TIME, many));
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("HTTP 503");
      }
    }

    assertThat(server.runs.get("r0").at("/data/params")).hasSize(250);
    assertThat(server.runs.get("r0").at("/data/metrics")).hasSize(1_400);
  }

  @Test
  void shouldNotSendToWhatIsNoTrackingServer() {
    server.silent = true;

    assertThatThrownBy(
            () -> {
              try (Mlflow mlflow = experiment()) {
                mlflow.figures(loss(1));
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no tracking server");
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void shouldNotWaitForAnAnswerThatNeverEnds() {
    server.endless = true;
    Mlflow mlflow = new Mlflow(server.address(Optional.empty()), "chest", Duration.ofMillis(200));

    assertThatThrownBy(() -> mlflow.figures(loss(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has not answered experiments/get-by-name within 0 s");
  }

  @Test
  void shouldSayWhoItIs() throws Exception {
    try (Mlflow mlflow = new Mlflow(server.address(Optional.of("Bearer t")), "chest")) {
      mlflow.figures(loss(1));
    }

    assertThat(server.authorizations).isNotEmpty().containsOnly(Optional.of("Bearer t"));
  }

  @Test
  void shouldNotTakeASpellingOfTheNameForAnother() throws Exception {
    Map<String, Double> odd = Map.of("auc_pleural (other)", 0.5);
    try (Mlflow mlflow = experiment()) {
      mlflow.figures(new RunFigures("chest", "chest-1", 1, TIME, odd));
    }

    assertThat(server.values("auc_pleural _other_")).isEqualTo(Collections.singletonList(0.5));
  }

  @Test
  void shouldSayWhereNobodyAnswers() throws Exception {
    MlflowAddress address = server.address(Optional.empty());
    server.close();

    Mlflow mlflow = new Mlflow(address, "chest");

    assertThatThrownBy(() -> mlflow.figures(loss(1)))
        .hasMessageContaining("cannot be reached")
        .hasMessageContaining(address.base().toString());
  }

  @Test
  void shouldRefuseWhatIsNoAddress() {
    for (String text : List.of("chest", "ftp://host", "http://user:word@host", "http://host?a=b")) {
      assertThatThrownBy(
              () -> new MlflowAddress(URI.create(text), Optional::empty, Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static EvaluationFigures evaluation(String id, long step, double auc) {
    return new EvaluationFigures(
        id,
        "chest",
        "chest-1",
        "chest-%09d".formatted(step),
        step,
        TIME,
        "test",
        new TreeMap<>(Map.of("auc_edema", auc)));
  }

  @Test
  void shouldSendAnEvaluationOnceWhateverItsStep() throws Exception {
    for (int times = 0; times < 2; times++) {
      try (Mlflow mlflow = experiment()) {
        mlflow.evaluation(evaluation("chest-000000009-a", 9, 0.75));
        mlflow.evaluation(evaluation("chest-000000004-b", 4, 0.5));
        mlflow.evaluation(evaluation("chest-000000009-a", 9, 0.75));
      }
    }

    assertThat(server.values("evaluation_test_auc_edema")).containsExactly(0.75, 0.5);
    assertThat(server.runs.get("r0").at("/data/metrics").findValuesAsText("step"))
        .containsExactly("9", "4");
    assertThat(server.runs.get("r0").at("/data/tags").findValuesAsText("key"))
        .contains("radstream.evaluation.chest-000000009-a");
  }

  @Test
  void shouldSendFiguresOfStepsBeforeAnEvaluatedOne() throws Exception {
    try (Mlflow mlflow = experiment()) {
      mlflow.evaluation(evaluation("chest-000000009-a", 9, 0.75));
    }
    try (Mlflow mlflow = experiment()) {
      mlflow.figures(loss(1));
    }

    assertThat(server.values("loss")).containsExactly(9.0);
  }

  @Test
  void shouldSendAnEvaluationAgainThatTheServerBrokeOn() throws Exception {
    try (Mlflow mlflow = experiment()) {
      mlflow.figures(loss(1));
      mlflow.flush();
      server.good = 0;
      assertThatThrownBy(() -> mlflow.evaluation(evaluation("e", 9, 0.75)))
          .hasMessageContaining("HTTP 503");
      server.good = -1;
    }
    try (Mlflow mlflow = experiment()) {
      mlflow.evaluation(evaluation("e", 9, 0.75));
      mlflow.evaluation(evaluation("e", 9, 0.75));
    }

    assertThat(server.values("evaluation_test_auc_edema")).containsExactly(0.75);
    assertThat(server.runs.get("r0").at("/data/tags").findValuesAsText("key"))
        .containsOnlyOnce("radstream.evaluation.e");
  }
}
