package io.radstream.serving.http;

import static io.radstream.serving.worklist.Scores.NOW;
import static io.radstream.serving.worklist.Scores.refused;
import static io.radstream.serving.worklist.Scores.score;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.serving.access.Access;
import io.radstream.serving.access.ApiKeyFile;
import io.radstream.serving.access.Identification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worklist on the page of a running service, in a real browser, where there is one. */
@Timeout(120)
@ExtendWith(SharedChromium.class)
class WorklistInChromiumTest {

  private static final String ROWS = "document.querySelectorAll('#work-studies button')";
  private static final String CHOSEN = "document.querySelector('#work-id').textContent";

  private static Chromium chromium;

  @TempDir private Path folder;
  private ListingService service;

  @BeforeAll
  static void startBrowser(Chromium shared) throws IOException {
    chromium = shared;
  }

  @BeforeEach
  void start() {
    service = ListingService.open(folder, RunningApi.OPEN);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private ChromiumTab page(RunningApi running) {
    return chromium.open("http://127.0.0.1:" + running.port() + "/", 1280, 900);
  }

  private ChromiumTab opened() {
    ChromiumTab tab = page(service.running);
    tab.await(ROWS + ".length > 0");
    return tab;
  }

  private ChromiumTab three() {
    service.scored(
        score("ill", "a", 3, Map.of("effusion", 0.9, "nodule", 0.2)),
        score("perhaps", "a", 2, Map.of("effusion", 0.55, "nodule", 0.1)),
        refused("broken", 1),
        score("ill", "b", 0, Map.of("effusion", 0.7, "nodule", 0.2)));
    return opened();
  }

  private static void focus(ChromiumTab tab, int row) {
    tab.evaluate(ROWS + "[%d].click()".formatted(row));
    tab.evaluate(ROWS + "[%d].focus()".formatted(row));
  }

  /** As when somebody comes back to the page. */
  private static void lookAgain(ChromiumTab tab) {
    tab.evaluate("document.dispatchEvent(new Event('visibilitychange')); 0");
  }

  private static String row(ChromiumTab tab, int row) {
    return tab.evaluate(ROWS + "[%d].innerText".formatted(row)).asText();
  }

  @Test
  void shouldListStudiesWithMarksAndReasons() {
    ChromiumTab tab = three();

    assertThat(tab.text("#work-total")).isEqualTo("3 studies");
    assertThat(row(tab, 0)).contains("ill", "effusion", "70%", "disagreement");
    assertThat(row(tab, 1)).contains("perhaps", "55%", "uncertain");
    assertThat(row(tab, 2)).contains("broken", "not scored");
    assertThat(tab.text("#work-findings")).contains("nodule", "20%", "a: 90%");
    tab.evaluate(ROWS + "[2].click()");
    assertThat(tab.text("#work-refused")).contains("its views have been taken back");
    assertThat(tab.evaluate("document.querySelectorAll('#work-study img, canvas:not(#canvas)')"))
        .isEmpty();
    assertThat(tab.problems()).isEmpty();
  }

  @Test
  void shouldAskForAnOrderAFindingAndAProbability() {
    ChromiumTab tab = three();

    tab.choose("#work-order", "newest");
    tab.await(ROWS + "[1].dataset.study === 'broken'");
    tab.choose("#work-finding", "nodule");
    tab.await(ROWS + ".length === 2");
    tab.choose("#work-finding", "effusion");
    tab.choose("#work-least", "0.5");
    tab.await(ROWS + ".length === 2");
    tab.choose("#work-least", "0.75");

    tab.await("document.querySelector('#work-state').textContent === 'No study is listed.'");
    assertThat(tab.evaluate("document.querySelector('#work-list').hidden").asBoolean()).isTrue();
  }

  @Test
  void shouldWriteDownAVerdictByKeys() {
    ChromiumTab tab = three();
    focus(tab, 0);

    tab.press("ArrowDown", 40, "");
    tab.press("ArrowRight", 39, "");
    tab.press("a", 65, "a");

    tab.await("document.querySelector('#work-now').textContent.includes('Written down')");
    assertThat(service.written).hasSize(1);
    LabelledStudy record = service.written.get(0);
    assertThat(record.getId()).isEqualTo("perhaps");
    assertThat(record.getLabels()).isEqualTo(Map.of("nodule", 0.0));
    assertThat(record.getVerdict().getCheckpointId()).isEqualTo("a");
    tab.await("document.activeElement.dataset.study === 'perhaps'");
    tab.await(ROWS + "[1].textContent.includes('read')");
    assertThat(tab.text("#work-findings")).contains("absent, anonymous", "as the score");
    assertThat(tab.problems()).isEmpty();
  }

  @Test
  void shouldWriteDownWhatIsPressedLast() {
    ChromiumTab tab = three();

    tab.click("[data-key=\"said true effusion\"]");
    tab.click("[data-key=\"said false effusion\"]");

    tab.await(
        "document.querySelector('[data-key=\"said false effusion\"]').ariaPressed === 'true'");
    assertThat(service.written)
        .extracting(record -> record.getLabels().get("effusion"))
        .containsExactly(1.0, 0.0);
    assertThat(tab.text("#work-findings")).contains("other than the score");
  }

  @Test
  void shouldFollowNewScoresAndLeaveTheReaderWhereSheIs() {
    service.scored(
        IntStream.range(0, 18)
            .mapToObj(i -> score("study " + i, "a", i, Map.of("effusion", 0.8 - i / 50.0)))
            .toArray(StudyScore[]::new));
    ChromiumTab tab = opened();
    focus(tab, 9);
    tab.press("ArrowDown", 40, "");
    String place = "document.activeElement.getBoundingClientRect().top";
    double before = tab.evaluate(place).asDouble();
    String chosen = tab.evaluate(CHOSEN).asText();
    service.scored(score("new", "a", 0, Map.of("effusion", 0.95)));

    lookAgain(tab);

    tab.await(ROWS + "[0].dataset.study === 'new'");
    assertThat(tab.evaluate(CHOSEN).asText()).isEqualTo(chosen).isEqualTo("study 10");
    assertThat(tab.evaluate("document.activeElement.dataset.study").asText()).isEqualTo(chosen);
    assertThat(tab.evaluate(place).asDouble()).isEqualTo(before);
  }

  /** The page looks again by itself only where it is not told of changes. */
  @Test
  void shouldListWhatComesOnceItIsTold() {
    ChromiumTab tab = three();

    service.scored(score("new", "a", 0, Map.of("effusion", 0.95)));

    tab.await(ROWS + "[0].dataset.study === 'new'");
    assertThat(tab.text("#work-total")).isEqualTo("4 studies");
  }

  @Test
  void shouldKeepTheStudyThatWasReadUntilTheReaderGoesOn() {
    ChromiumTab tab = three();
    tab.click("#work-unread");
    tab.await(ROWS + ".length === 3");
    focus(tab, 0);

    tab.press("p", 80, "p");

    tab.await("document.querySelector('#work-left').textContent !== ''");
    assertThat(tab.evaluate(CHOSEN).asText()).isEqualTo("ill");
    assertThat(tab.text("#work-total")).isEqualTo("2 studies");
    tab.press("ArrowDown", 40, "");
    assertThat(tab.evaluate(CHOSEN).asText()).isEqualTo("perhaps");
    assertThat(tab.evaluate(ROWS + ".length").asInt()).isEqualTo(2);
  }

  @Test
  void shouldTurnPages() {
    service.scored(
        IntStream.range(0, 25)
            .mapToObj(i -> score("study " + i, "a", i, Map.of("effusion", 0.9 - i / 50.0)))
            .toArray(StudyScore[]::new));
    ChromiumTab tab = opened();
    tab.evaluate("document.querySelector('#work-next').focus()");

    tab.press("Enter", 13, "\r");
    tab.await(ROWS + ".length === 5");
    String page = tab.text("#work-page");
    String first = tab.evaluate(CHOSEN).asText();
    // There is no further page, so that its button holds no keyboard any more.
    tab.await("document.activeElement.dataset.study === 'study 20'");
    tab.click("#work-before");

    tab.await(ROWS + ".length === 20");
    assertThat(page).isEqualTo("Page 2");
    assertThat(first).isEqualTo("study 20");
    assertThat(tab.evaluate("document.querySelector('#work-before').disabled").asBoolean())
        .isTrue();
  }

  @Test
  void shouldSayThatAStudyIsWithdrawnOrHasAnotherScore() {
    ChromiumTab tab = three();
    service
        .list
        .withdrawals()
        .accept(List.of(new StudyWithdrawn("ill", "asked for", NOW, List.of())), true);
    tab.click("[data-key=\"said true effusion\"]");
    tab.await("!document.querySelector('#verdict-problem').hidden");
    String gone = tab.text("#verdict-problem");
    String next = tab.evaluate(CHOSEN).asText();
    tab.await("document.querySelector('#work-total').textContent === '2 studies'");
    IntStream.range(0, 3)
        .forEach(i -> service.scored(score("perhaps", "later " + i, 0, Map.of("effusion", 0.6))));

    tab.click("[data-key=\"said true effusion\"]");

    tab.await(
        "document.querySelector('#verdict-problem').textContent.includes('has another score')");
    assertThat(gone).isEqualTo("ill is not on the worklist any more.");
    assertThat(next).isEqualTo("perhaps");
    assertThat(service.written).isEmpty();
    tab.await("document.querySelector('#work-scored').textContent.includes('later 2')");
  }

  @Test
  void shouldSayWhatAKeyMayNot() throws IOException {
    ApiKeyFile keys = new ApiKeyFile(folder.resolve("keys.yaml"));
    String viewer = keys.add("board", Set.of(Access.WORKLIST));
    String other = keys.add("scorer", Set.of(Access.SCORE));
    Identification known = new Identification(Optional.of(keys.path()), Optional.empty(), false);
    try (ListingService closed =
        ListingService.open(folder, RunningApi.OPEN.withIdentification(known))) {
      closed.scored(score("ill", "a", 3, Map.of("effusion", 0.9)));
      ChromiumTab tab = page(closed.running);
      signIn(tab, other);
      tab.await("document.querySelector('#work-state').textContent.includes('role worklist')");
      tab.evaluate("sessionStorage.clear(); location.reload()");
      signIn(tab, viewer);
      tab.await(ROWS + ".length === 1");

      tab.click("[data-key=\"said true effusion\"]");

      tab.await("!document.querySelector('#verdict-problem').hidden");
      assertThat(tab.text("#verdict-problem")).contains("the role label");
      assertThat(tab.text("#work-now")).contains("not written down");
      assertThat(closed.written).isEmpty();
    }
  }

  @Test
  void shouldShowWhatOthersSaid() throws IOException {
    ApiKeyFile keys = new ApiKeyFile(folder.resolve("keys.yaml"));
    String anna = keys.add("anna", Set.of(Access.LABEL));
    String boris = keys.add("boris", Set.of(Access.LABEL));
    Identification known = new Identification(Optional.of(keys.path()), Optional.empty(), false);
    try (ListingService closed =
        ListingService.open(folder, RunningApi.OPEN.withIdentification(known))) {
      closed.scored(score("ill", "a", 3, Map.of("effusion", 0.9)));
      ChromiumTab hers = page(closed.running);
      signIn(hers, anna);
      hers.await(ROWS + ".length === 1");
      ChromiumTab his = page(closed.running);
      signIn(his, boris);
      his.await(ROWS + ".length === 1");
      hers.click("[data-key=\"said true effusion\"]");
      hers.await("document.querySelector('#work-now').textContent.includes('for anna')");

      lookAgain(his);

      his.await("document.querySelector('#work-findings').textContent.includes('present, anna')");
      his.click("[data-key=\"said false effusion\"]");
      his.await("document.querySelector('#work-findings').textContent.includes('absent, boris')");
      assertThat(his.text("#work-findings")).contains("present, anna", "readers disagree");
      assertThat(row(his, 0)).contains("readers disagree");

      his.click("[data-key=\"take back effusion\"]");

      his.await("document.querySelector('#work-now').textContent.includes('taken back by boris')");
      his.await("!document.querySelector('#work-findings').textContent.includes('boris')");
      assertThat(his.text("#work-findings"))
          .contains("present, anna")
          .doesNotContain("readers disagree", "take back");
    }
  }

  private static void signIn(ChromiumTab tab, String key) {
    tab.await("document.activeElement.id === 'key'");
    tab.type(key);
    tab.press("Enter", 13, "\r");
    tab.await("document.querySelector('#sign-in').hidden");
  }

  @Test
  void shouldSayThatNoListIsKept() {
    try (RunningApi without = ApiSetup.in(folder).start()) {
      ChromiumTab tab = page(without);

      tab.await("document.querySelector('#work-state').textContent !== ''");

      assertThat(tab.text("#work-state")).contains("without --worklist");
      tab.choose("#language", "es");
      assertThat(tab.text("#work-state")).contains("sin --worklist");
    }
  }

  @Test
  void shouldShowAListOnceItIsRead() {
    try (ListingService reading = ListingService.unread(folder)) {
      ChromiumTab tab = page(reading.running);
      tab.await("document.querySelector('#work-state').textContent.includes('is being read')");
      reading.caughtUp();

      lookAgain(tab);

      tab.await("document.querySelector('#work-state').textContent === 'No study is listed.'");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 768, 1280, 2560})
  void shouldFitItsWidth(int width) {
    service.scored(
        score("0123456789abcdef".repeat(4), "line-000000100", 3, Map.of("effusion", 0.55)),
        score("0123456789abcdef".repeat(4), "line-000000200", 2, Map.of("effusion", 0.9)));
    ChromiumTab tab = opened();

    tab.resize(width, 900);

    tab.await("innerWidth === " + width);
    assertThat(
            tab.evaluate(
                """
                [...document.querySelectorAll('main *')]
                  .filter(one => !one.closest('.scroll') && one.checkVisibility())
                  .filter(one => one.getBoundingClientRect().right > innerWidth)
                  .map(one => one.outerHTML.slice(0, 80))
                """))
        .isEmpty();
  }
}
