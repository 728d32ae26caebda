package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.schemas.DecisionVerdict;
import io.radstream.schemas.StudySeen;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.serving.access.Access;
import io.radstream.serving.access.ApiKeyFile;
import io.radstream.serving.access.Identification;
import io.radstream.serving.checkpoint.ModelCommands;
import io.radstream.serving.score.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of a running service in a real browser, where there is one. */
@Timeout(120)
@ExtendWith(SharedChromium.class)
class PageInChromiumTest {

  private static final int WIDE = 1280;
  private static final int HIGH = 900;

  @TempDir private static Path folder;

  private static Chromium chromium;
  private static ShownService service;

  @TempDir private Path mine;

  @BeforeAll
  static void start(Chromium shared) throws IOException {
    chromium = shared;
    service = ShownService.open(folder);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static ChromiumTab open(RunningApi running) {
    return chromium.open("http://127.0.0.1:" + running.port() + "/", WIDE, HIGH);
  }

  private static ChromiumTab opened() {
    ChromiumTab tab = open(service.running);
    tab.await(
        "document.querySelector('#models tr') && !document.querySelector('#comparison').hidden");
    return tab;
  }

  private Path picture() throws IOException {
    return Files.write(mine.resolve("view.png"), TestImages.white());
  }

  private static String button(String key) {
    return "[data-key=\"%s\"]".formatted(key);
  }

  private static boolean isShown(ChromiumTab tab, String selector) {
    return tab.evaluate(
            "document.querySelector('%s')?.checkVisibility() ?? false".formatted(selector))
        .asBoolean();
  }

  @Test
  void shouldScoreAPictureThatIsDropped() throws IOException {
    ChromiumTab tab = opened();

    tab.drop("#drop", picture());

    tab.await("document.querySelectorAll('#findings li').length > 0");
    assertThat(tab.text("#findings")).containsIgnoringCase("bright").contains("%");
    assertThat(tab.text("#answered")).contains(ShownService.LIVE);
    assertThat(tab.evaluate("document.querySelectorAll('#views img').length").asInt()).isOne();
    assertThat(tab.problems()).isEmpty();
  }

  @Test
  void shouldSayWhatThisServiceCannotTell() throws IOException {
    ChromiumTab tab = opened();
    tab.drop("#drop", picture());
    tab.await("!document.querySelector('#explain-problem').hidden");

    tab.click("#near-go");

    tab.await("!document.querySelector('#near-problem').hidden");
    assertThat(tab.text("#explain-problem")).contains("cannot tell where its scores come from");
    assertThat(tab.text("#near-problem")).contains("indexes no studies");
    assertThat(isShown(tab, "#legend")).isFalse();
  }

  @Test
  void shouldDecideWithAReason() {
    ChromiumTab tab = opened();

    tab.click(button("pin " + ShownService.LIVE));
    boolean asked = isShown(tab, "#decide");
    tab.type("for the test");
    tab.press("Enter", 13, "\r");

    assertThat(asked).isTrue();
    tab.await("document.querySelector('#decided').textContent.startsWith('Pin: done')");
    assertThat(isShown(tab, "#decide")).isFalse();
    assertThat(tab.text("#pinned")).contains(ShownService.LIVE + " is pinned");
    tab.await("document.querySelector('#models').textContent.includes('for the test')");
    assertThat(tab.problems()).isEmpty();
  }

  @Test
  void shouldLeaveTheKeyboardAtTheCheckpointsOnceItIsDecided() {
    try (ShownService alone = ShownService.closed(mine.resolve("store"), RunningApi.OPEN)) {
      ChromiumTab tab = open(alone.running);
      String pin = button("pin " + ShownService.LIVE);
      tab.await("document.querySelector('%s')".formatted(pin));
      tab.evaluate("document.querySelector('%s').focus()".formatted(pin));
      tab.press("Enter", 13, "\r");

      tab.press("Enter", 13, "\r");

      // Its button is gone by then: what is pinned can be unpinned.
      tab.await(
          "document.querySelector('%s') && !document.querySelector('#decide').open"
              .formatted(button("unpin " + ShownService.LIVE)));
      tab.await("document.activeElement.closest('#models-table')");
    }
  }

  @Test
  void shouldCloseADialogByKeyAndGoBackToItsButton() {
    ChromiumTab tab = opened();
    String key = "why model " + ShownService.HELD;

    tab.click(button(key));
    String figures = tab.text("#why");
    tab.press("Escape", 27, "");

    assertThat(figures).contains("bright", "worse", "panel of 8 studies");
    tab.await("document.activeElement.dataset.key === '%s'".formatted(key));
    assertThat(isShown(tab, "#why")).isFalse();
  }

  @Test
  void shouldTellWhereACheckpointComesFrom() {
    try (ShownService alone = ShownService.closed(mine.resolve("store"), RunningApi.OPEN)) {
      alone.announce(200);
      alone.running.catalog.withdrawn(
          List.of(
              new StudyWithdrawn(
                  "pseudonym",
                  "asked for",
                  Instant.EPOCH,
                  List.of(new StudySeen("run", "demo", 150L)))),
          true);
      ChromiumTab tab = open(alone.running);
      String key = "lineage " + ShownService.SHADOW;
      tab.await("document.querySelectorAll('#models tr').length === 2");
      List<String> rows = new ArrayList<>();
      tab.evaluate("[...document.querySelectorAll('#models tr')].map(row => row.innerText)")
          .forEach(row -> rows.add(row.asText()));

      tab.click(button(key));

      tab.await("!document.querySelector('#lineage-table').hidden");
      assertThat(tab.text("#lineage"))
          .contains("Lineage of " + ShownService.SHADOW, "line demo, run run", "0 to 200")
          .contains("tuples.train, partition 0: offsets 20 to 199")
          .contains("learned from 1 withdrawn study", "the first at step 150");
      assertThat(rows.get(0)).contains("grew out of " + ShownService.LIVE, "withdrawn study");
      assertThat(rows.get(1)).contains("not calibrated").doesNotContain("withdrawn");
      tab.press("Escape", 27, "");
      tab.await("document.activeElement.dataset.key === '%s'".formatted(key));
      assertThat(tab.problems()).isEmpty();
    }
  }

  @Test
  void shouldScoreAnewWhenACheckpointIsLoadedWhileOneLooksAndWhenItIsTakenBack()
      throws IOException {
    try (ShownService alone = ShownService.closed(mine.resolve("store"), RunningApi.OPEN)) {
      ChromiumTab tab = open(alone.running);
      tab.await("document.querySelector('#connection').dataset.state === 'live'");
      tab.drop("#drop", picture());
      String answered = "document.querySelector('#answered').textContent.includes('%s')";
      tab.await(answered.formatted(ShownService.LIVE));

      promote(alone, 200);

      tab.await(answered.formatted(ShownService.SHADOW));
      assertThat(tab.text("#model")).contains(ShownService.SHADOW);
      String key = "rollback " + ShownService.SHADOW;
      tab.await("document.querySelector('%s')".formatted(button(key)));
      tab.click(button(key));
      tab.press("Enter", 13, "\r");
      tab.await("document.querySelector('#decided').textContent.startsWith('Roll back: done')");
      tab.await(answered.formatted(ShownService.LIVE));
      tab.await(
          "document.querySelector('#model').textContent.includes('%s')"
              .formatted(ShownService.LIVE));
      assertThat(tab.problems()).isEmpty();
    }
  }

  /** So that a screen reader says them in their own language. */
  @Test
  void shouldSayWhichWordsAreEnglish() {
    ChromiumTab tab = opened();

    tab.choose("#language", "de");

    String lines =
        """
        [...document.querySelectorAll('#models .because')]
          .map(line => `${line.querySelector('[lang=en]') !== null} ${line.textContent}`)
        """;
    List<String> reasons = new ArrayList<>();
    tab.evaluate(lines).forEach(line -> reasons.add(line.asText()));
    assertThat(reasons).anySatisfy(line -> assertThat(line).startsWith("true it is worse than"));
    // Nobody knows in which language a person writes.
    assertThat(reasons).anySatisfy(line -> assertThat(line).startsWith("false a second look"));
    assertThat(tab.text("#models")).contains("nicht kalibriert");
  }

  @ParameterizedTest
  @ValueSource(ints = {WIDE, 400})
  void shouldFitItsWidth(int width) {
    ChromiumTab tab = opened();

    tab.resize(width, HIGH);
    tab.await("document.querySelector('#chart canvas').width < innerWidth");

    assertThat(
            tab.evaluate(
                """
                    [...document.querySelectorAll('main *, header *')]
                      .filter(one => !one.closest('.scroll') && one.checkVisibility())
                      .filter(one => one.getBoundingClientRect().right > innerWidth)
                      .map(one => one.outerHTML.slice(0, 80))
                    """))
        .isEmpty();
  }

  @Test
  void shouldNameEverythingThatTheKeyboardReaches() {
    ChromiumTab tab = opened();
    tab.evaluate("document.querySelector('#decisions-list').open = true");

    JsonNode reached =
        tab.evaluate(
            """
            [...document.querySelectorAll('a, button, input, select, summary, [tabindex]')]
              .filter(one => one.checkVisibility())
              .map(one => one.getAttribute('aria-label') ?? one.getAttribute('aria-labelledby')
                ?? one.labels?.[0]?.textContent.trim() ?? one.textContent.trim())
            """);

    List<String> names = new ArrayList<>();
    reached.forEach(name -> names.add(name.asText()));
    assertThat(names).hasSizeGreaterThan(10).doesNotContain("");
  }

  private static ShownService closed(Path mine, ApiKeyFile keys) {
    return ShownService.closed(
        mine.resolve("store"),
        RunningApi.OPEN.withIdentification(
            new Identification(Optional.of(keys.path()), Optional.empty(), false)));
  }

  private static void give(ChromiumTab tab, String key) {
    tab.await("document.activeElement.id === 'key'");
    tab.type(key);
    tab.press("Enter", 13, "\r");
  }

  private static void signIn(ChromiumTab tab, String key) {
    give(tab, key);
    tab.await("document.querySelector('#sign-in').hidden");
  }

  @Test
  void shouldSignInWithAKey() throws IOException {
    ApiKeyFile keys = new ApiKeyFile(mine.resolve("keys.yaml"));
    String key = keys.add("operator", Set.of(Access.SCORE, Access.OPERATE));
    try (ShownService closed = closed(mine, keys)) {
      ChromiumTab tab = open(closed.running);
      tab.await("document.querySelector('#connection').textContent === 'not signed in'");
      assertThat(tab.text("#model")).isEmpty();
      assertThat(tab.text("#no-training")).isEqualTo("Sign in to see this.");
      give(tab, "not the key");
      tab.await("!document.querySelector('#sign-in-refused').hidden");

      signIn(tab, key);

      tab.await("document.querySelector('#model').textContent.includes('demo-000000100')");
      tab.drop("#drop", picture());
      tab.await("document.querySelectorAll('#findings li').length > 0");
      assertThat(tab.text("#answered")).contains(ShownService.LIVE);
      assertThat(tab.text("#no-training")).doesNotContain("Sign in");
      tab.evaluate("location.reload()");
      tab.await("document.querySelector('#connection').dataset.state === 'live'");
      assertThat(isShown(tab, "#sign-in")).isFalse();
      assertThat(tab.problems()).isEmpty();
    }
  }

  @Test
  void shouldSayThatAKeyMayNotSeeCheckpointsAndScoreAllTheSame() throws IOException {
    ApiKeyFile keys = new ApiKeyFile(mine.resolve("keys.yaml"));
    String key = keys.add("scorer", Set.of(Access.SCORE));
    try (ShownService closed = closed(mine, keys)) {
      ChromiumTab tab = open(closed.running);

      signIn(tab, key);

      tab.await("document.querySelector('#connection').textContent.includes('may not see')");
      assertThat(tab.text("#no-models")).contains("the role read");
      tab.drop("#drop", picture());
      tab.await("document.querySelectorAll('#findings li').length > 0");
      assertThat(tab.text("#answered")).contains(ShownService.LIVE);
    }
  }

  @Test
  void shouldNotTakeBackACheckpointThatBecameLiveWhileADialogWasOpen() throws IOException {
    ApiKeyFile keys = new ApiKeyFile(mine.resolve("keys.yaml"));
    String key = keys.add("operator", Set.of(Access.OPERATE));
    try (ShownService closed = closed(mine, keys)) {
      ChromiumTab tab = open(closed.running);
      signIn(tab, key);
      promote(closed, 200);
      String button = button("rollback " + ShownService.SHADOW);
      tab.await("document.querySelector('%s')".formatted(button));
      tab.click(button);
      promote(closed, 300);

      tab.press("Enter", 13, "\r");

      tab.await("!document.querySelector('#decide-problem').hidden");
      assertThat(tab.text("#decide-problem")).contains("not live any more");
      assertThat(closed.running.fleet.models().live().orElseThrow().checkpointId())
          .isEqualTo(ShownService.HELD);
    }
  }

  /** By somebody else, unless the gate has done so. */
  private static void promote(ShownService service, long step) {
    String id = "demo-%09d".formatted(step);
    service.announce(step);
    service
        .running
        .kept
        .commands()
        .carryOut(
            new ModelCommands.Command(
                DecisionVerdict.PROMOTE,
                Optional.of(id),
                Optional.empty(),
                "for the test",
                "somebody else"))
        .join();
    assertThat(service.running.fleet.models().live().orElseThrow().checkpointId()).isEqualTo(id);
  }

  @Test
  void shouldNotDoLaterWhatIsCalledOffWhileItWaitsForAKey() throws IOException {
    ApiKeyFile keys = new ApiKeyFile(mine.resolve("keys.yaml"));
    String key = keys.add("operator", Set.of(Access.SCORE, Access.OPERATE));
    try (ShownService closed = closed(mine, keys)) {
      ChromiumTab tab = open(closed.running);
      signIn(tab, key);
      tab.await("document.querySelector('#models tr')");
      tab.evaluate("sessionStorage.clear()");
      tab.click(button("pin " + ShownService.LIVE));
      tab.press("Enter", 13, "\r");
      tab.await("document.activeElement.closest('dialog') && document.activeElement.id === 'key'");

      tab.press("Escape", 27, "");
      tab.await(
          "document.querySelector('#sign-in-place #key') && document.activeElement.dataset.key");
      tab.evaluate("document.querySelector('#key').focus()");
      signIn(tab, key);

      tab.evaluate("document.querySelector('#decisions-list').open = true");
      tab.await("document.querySelectorAll('#decisions tr').length > 0");
      assertThat(tab.text("#decisions")).contains("promote").doesNotContain("pin");
      assertThat(tab.text("#pinned")).isEmpty();
      assertThat(tab.problems()).isEmpty();
    }
  }
}
