package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.model.engine.TorchEngine;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.TestImages;
import io.radstream.serving.write.WritingLimits;
import io.radstream.serving.write.WritingModel;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A report on the page while a real network writes it, in a real browser, where there is one. */
@Timeout(120)
@ExtendWith(SharedChromium.class)
class ReportInChromiumTest {

  private static final String LIVE = "line-000000007";
  private static final String TEXT = "document.querySelector('#report-text').textContent";
  private static final String STATE = "document.querySelector('#report-state').textContent";

  private static Chromium chromium;

  @TempDir private Path folder;
  private RunningApi running;

  @BeforeAll
  static void startBrowser(Chromium shared) throws IOException {
    TorchEngine.start(1);
    chromium = shared;
  }

  @BeforeEach
  void start() {
    running = ApiSetup.in(folder).writing(new WritingLimits(1, 1)).start();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private WritingModel gated() throws IOException {
    return promote(WritingModel.gated(folder, LIVE, 3));
  }

  private WritingModel promote(WritingModel model) {
    running.fleet.carryOut(model.model(), new Verdict.Promote("test"));
    return model;
  }

  /** With a study that was scored. */
  private ChromiumTab scored() throws IOException {
    ChromiumTab tab = chromium.open("http://127.0.0.1:" + running.port() + "/", 1280, 900);
    tab.await("document.querySelector('#connection').dataset.state === 'live'");
    drop(tab);
    return tab;
  }

  private void drop(ChromiumTab tab) throws IOException {
    tab.evaluate("scrollTo(0, 0)");
    tab.drop("#drop", Files.write(folder.resolve("view.png"), TestImages.png(64, 90)));
    tab.await("!document.querySelector('#report-go').disabled");
  }

  /** With the beginning of a report. */
  private ChromiumTab begun(WritingModel gated) throws IOException {
    ChromiumTab tab = scored();
    tab.evaluate("document.querySelector('#report-go').focus()");
    tab.press("Enter", 13, "\r");
    gated.texts().allow(1);
    tab.await(TEXT + " !== ''");
    return tab;
  }

  private HttpRequest asked(String query) {
    return HttpRequest.newBuilder(
            running.files("/v1/report" + query, TestImages.png(64, 90)), (name, value) -> true)
        .header("Accept", "application/json")
        .build();
  }

  private static boolean isShown(ChromiumTab tab, String selector) {
    return tab.evaluate("document.querySelector('%s').checkVisibility()".formatted(selector))
        .asBoolean();
  }

  private void awaitCancelled() {
    while (running.meters.get("radstream.reports").tag("outcome", "cancelled").counter().count()
        == 0) {
      Moment.pass();
    }
  }

  private void awaitGauge(String name, int value) {
    while (running.meters.get(name).gauge().value() != value) {
      Moment.pass();
    }
  }

  @Test
  void shouldShowTheTextWhileItIsWrittenAndTheWholeInTheEnd() throws IOException {
    WritingModel gated = gated();
    ChromiumTab tab = begun(gated);
    String beginning = tab.evaluate(TEXT).asText();
    boolean noticed = tab.text("#report-notice").equals(ReportAnswer.NOTICE);
    String meanwhile = tab.evaluate(STATE).asText();

    gated.texts().allowAll();

    tab.await(STATE + " === 'The report is written.'");
    String whole = json(running.send(asked(""))).get("report").asText();
    assertThat(tab.evaluate(TEXT).asText()).isEqualTo(whole).startsWith(beginning);
    assertThat(beginning).isNotEqualTo(whole);
    assertThat(noticed).isTrue();
    assertThat(meanwhile).isEqualTo("The report is being written.");
    assertThat(tab.text("#report-by")).contains("Written by " + LIVE, "tokens");
    assertThat(isShown(tab, "#report-stop")).isFalse();
    assertThat(tab.problems()).isEmpty();
  }

  @Test
  void shouldNotBeCoveredByTheFindingsThatStayInSight() throws IOException {
    promote(WritingModel.open(folder, LIVE, 3));
    ChromiumTab tab = scored();

    tab.evaluate("document.querySelector('#work-title').scrollIntoView()");

    tab.await(
        """
        document.querySelector('.found').getBoundingClientRect().bottom
          < document.querySelector('#report-title').getBoundingClientRect().top
        """);
  }

  @Test
  void shouldStopWhenItIsToldTo() throws IOException {
    WritingModel gated = gated();
    ChromiumTab tab = begun(gated);
    String beginning = tab.evaluate(TEXT).asText();

    // The keyboard is on the button that took the other one's place.
    tab.press("Enter", 13, "\r");

    awaitCancelled();
    gated.texts().allowAll();
    awaitGauge("radstream.reports.writing", 0);
    tab.await(STATE + ".startsWith('Stopped.')");
    assertThat(tab.evaluate(TEXT).asText()).isEqualTo(beginning);
    assertThat(tab.evaluate("document.activeElement.id").asText()).isEqualTo("report-go");
    assertThat(tab.text("#report-by")).isEmpty();
    tab.press("Enter", 13, "\r");
    tab.await(STATE + " === 'The report is written.'");
  }

  @Test
  void shouldStopWhenAnotherStudyIsDropped() throws IOException {
    WritingModel gated = gated();
    ChromiumTab tab = begun(gated);

    drop(tab);

    awaitCancelled();
    gated.texts().allowAll();
    assertThat(tab.evaluate(TEXT).asText()).isEmpty();
    assertThat(isShown(tab, "#report-notice")).isFalse();
    assertThat(isShown(tab, "#report-stop")).isFalse();
  }

  @Test
  void shouldStopWhenThePageGoes() throws IOException {
    WritingModel gated = gated();
    ChromiumTab tab = begun(gated);

    tab.open("about:blank");

    awaitCancelled();
    gated.texts().allowAll();
    awaitGauge("radstream.reports.writing", 0);
  }

  @Test
  void shouldDrawWordsWithTheSeedThatIsAskedFor() throws IOException {
    promote(WritingModel.open(folder, LIVE, 3));
    ChromiumTab tab = scored();
    tab.evaluate("document.querySelector('#report-details').open = true");
    tab.choose("#report-manner", "drawn");
    tab.evaluate("document.querySelector('#report-seed').value = ''");
    tab.click("#report-go");
    boolean written = tab.evaluate(STATE).asText().contains("being written");
    tab.evaluate("document.querySelector('#report-seed').value = '5'");

    tab.click("#report-go");

    tab.await(STATE + " === 'The report is written.'");
    String drawn = json(running.send(asked("?temperature=0.8&seed=5"))).get("report").asText();
    assertThat(written).isFalse();
    assertThat(tab.evaluate(TEXT).asText()).isEqualTo(drawn);
    assertThat(tab.text("#report-by")).contains("with the seed 5");
  }

  @Test
  void shouldSayThatACheckpointCannotWrite() throws IOException {
    running.fleet.carryOut(
        FakeNetwork.model("scores-only", new FakeNetwork()), new Verdict.Promote("test"));
    ChromiumTab tab = scored();

    tab.click("#report-go");

    tab.await("!document.querySelector('#report-problem').hidden");
    assertThat(tab.text("#report-problem")).contains("without reports to write");
    tab.choose("#language", "de");
    assertThat(tab.text("#report-problem")).contains("Dieser Checkpoint kann das nicht.");
    assertThat(isShown(tab, "#report-go")).isTrue();
  }

  @Test
  void shouldSayThatEnoughWait() throws IOException {
    WritingModel gated = gated();
    ChromiumTab tab = scored();
    CompletableFuture<HttpResponse<String>> first = running.sendAsync(asked(""));
    awaitGauge("radstream.reports.writing", 1);
    CompletableFuture<HttpResponse<String>> second = running.sendAsync(asked(""));
    awaitGauge("radstream.reports.waiting", 1);

    tab.click("#report-go");

    tab.await("!document.querySelector('#report-problem').hidden");
    gated.texts().allowAll();
    assertThat(tab.text("#report-problem")).contains("try again");
    assertThat(first.join().statusCode()).isEqualTo(200);
    assertThat(second.join().statusCode()).isEqualTo(200);
  }

  @Test
  void shouldSayThatItTookTooLongAndKeepTheBeginning() throws IOException {
    WritingModel gated = gated();
    ChromiumTab tab = scored();
    withTimeout(tab, "300ms");
    tab.click("#report-go");
    tab.await("!document.querySelector('#report-problem').hidden");
    String nothing = tab.evaluate(TEXT).asText();
    withTimeout(tab, "3s");
    gated.texts().allow(2);
    tab.click("#report-go");

    tab.await("!document.querySelector('#report-problem').hidden");

    gated.texts().allowAll();
    assertThat(nothing).isEmpty();
    assertThat(tab.evaluate(TEXT).asText()).isNotEmpty();
    assertThat(tab.evaluate(STATE).asText()).contains("the beginning of a report only");
    assertThat(isShown(tab, "#report-notice")).isTrue();
  }

  /** As what stands between may set. */
  private static void withTimeout(ChromiumTab tab, String time) {
    tab.evaluate(
        """
        globalThis.asked ??= fetch;
        globalThis.fetch = (path, options) => {
          if (path.startsWith('/v1/report')) options.headers.set('timeout', '%s');
          return asked(path, options);
        }; 0
        """
            .formatted(time));
  }

  @Test
  void shouldSayThatThereIsNoCheckpointAnyMore() throws IOException {
    promote(WritingModel.open(folder, LIVE, 3));
    ChromiumTab tab = scored();
    running.fleet.close();

    tab.click("#report-go");

    tab.await("!document.querySelector('#report-problem').hidden");
    assertThat(tab.text("#report-problem")).isNotEmpty();
    assertThat(isShown(tab, "#report-text")).isFalse();
  }
}
