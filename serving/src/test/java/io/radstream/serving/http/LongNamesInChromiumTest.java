package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.TrainingMetric;
import io.radstream.serving.checkpoint.KeptFleet;
import io.radstream.serving.checkpoint.StoredCheckpoint;
import io.radstream.serving.fleet.NewestWins;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser where lines and findings have the longest names that are let in. */
@Timeout(120)
@ExtendWith(SharedChromium.class)
class LongNamesInChromiumTest {

  private static final String LINE = "department-of-radiology-of-the-northern-hospital_2026";
  private static final List<String> FINDINGS =
      List.of(
          "bilateral pleural effusion with adjacent atelectasis and blunt",
          "pneumonoultramicroscopicsilicovolcanoconiosis_of_the_upper_lobes");
  private static final int HIGH = 900;

  @TempDir private static Path folder;

  private static Chromium chromium;
  private static RunningApi service;

  @BeforeAll
  static void start(Chromium shared) throws IOException {
    chromium = shared;
    Path store = folder.resolve("store");
    service = ApiSetup.of(parts(store)).start();
    for (long step : new long[] {100, 200}) {
      service.kept.announce(StoredCheckpoint.write(store, LINE, step).announce());
    }
    service.history.accept(List.of(), true);
    service.history.accept(
        List.of(
            new TrainingMetric(
                "run",
                LINE,
                1L,
                Instant.EPOCH,
                Map.of("loss", 5.0, "loss_contrastive", 2.0, "loss_language", 3.0),
                List.of())),
        true);
  }

  private static KeptFleet.Parts parts(Path store) {
    return new KeptFleet.Parts(
        store,
        (config, weights) ->
            new FakeNetwork(
                Set.of(Capability.PROMPTS, Capability.VECTORS, Capability.LABELS), FINDINGS),
        new NewestWins(),
        Optional.empty());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 768, 1280})
  void shouldShowProbabilitiesAndButtonsWithoutScrolling(int width) throws IOException {
    ChromiumTab tab = chromium.open("http://127.0.0.1:" + service.port() + "/", width, HIGH);
    tab.await("document.querySelectorAll('#models tr').length === 2");
    tab.await("!document.querySelector('#loss-choice').hidden");

    tab.drop("#drop", Files.write(folder.resolve("view.png"), TestImages.white()));

    tab.await("document.querySelectorAll('#findings li').length >= 2");
    assertThat(tab.text("#findings")).containsIgnoringCase(FINDINGS.get(0));
    tab.await("document.querySelector('#chart canvas').width < innerWidth");
    assertThat(tab.evaluate(outsideOfItsCard())).isEmpty();
  }

  /** Also what only scrolling a table sideways would show; heads of tables may be out of sight. */
  private static String outsideOfItsCard() {
    return """
        [...document.querySelectorAll('main .card *, header *')]
          .filter(one => one.checkVisibility() && !one.closest('thead'))
          .filter(one => one.getBoundingClientRect().right
            > (one.closest('.card') ?? document.body).getBoundingClientRect().right)
          .map(one => one.outerHTML.slice(0, 80))
        """;
  }
}
