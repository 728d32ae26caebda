package io.radstream.serving.http;

import static io.radstream.serving.worklist.Scores.refused;
import static io.radstream.serving.worklist.Scores.score;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.model.engine.TorchEngine;
import io.radstream.serving.access.Access;
import io.radstream.serving.access.ApiKeyFile;
import io.radstream.serving.access.Identification;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.TestImages;
import io.radstream.serving.write.WritingModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What axe finds on the page that would be in somebody's way, in a real browser, in both themes.
 */
@Timeout(120)
@ExtendWith(SharedChromium.class)
class AccessiblePageInChromiumTest {

  private static final String AXE = "org.webjars.npm/axe-core";

  @TempDir private static Path folder;

  private static Chromium chromium;
  private static String axe;

  @TempDir private Path mine;

  @BeforeAll
  static void start(Chromium shared) throws IOException {
    chromium = shared;
    Properties properties = new Properties();
    try (InputStream in =
        PageFiles.class.getResourceAsStream("/META-INF/maven/" + AXE + "/pom.properties")) {
      properties.load(in);
    }
    String file = "/META-INF/resources/webjars/axe-core/%s/axe.min.js";
    axe =
        PageFiles.read(file.formatted(properties.getProperty("version")))
            .toString(StandardCharsets.UTF_8);
  }

  private static ChromiumTab open(RunningApi running) {
    return chromium.open("http://127.0.0.1:" + running.port() + "/", 1280, 900);
  }

  /** Of what the page shows now, light and dark, on a small screen and a large one. */
  private static List<String> violations(ChromiumTab tab) {
    List<String> all = new ArrayList<>();
    for (String scheme : List.of("light", "dark")) {
      for (int width : new int[] {360, 1280}) {
        tab.prefer(scheme, "reduce");
        tab.resize(width, 900);
        tab.await("innerWidth === " + width);
        found(tab).forEach(one -> all.add("%s, %d: %s".formatted(scheme, width, one.asText())));
      }
    }
    return all;
  }

  /** By DevTools, which the policy of the page does not hold up. */
  private static JsonNode found(ChromiumTab tab) {
    if (!tab.evaluate("'axe' in window").asBoolean()) {
      tab.evaluate(axe + "; 0");
    }
    return tab.evaluate(
        """
        axe.run(document, {resultTypes: ['violations']}).then(({violations}) => violations.map(
          ({id, impact, nodes}) => `${impact}: ${id}: ${nodes.map(({target}) => target).join(', ')}`))
        """);
  }

  @Test
  void shouldFindNothingWhereNobodyIsSignedIn() throws IOException {
    ApiKeyFile keys = new ApiKeyFile(mine.resolve("keys.yaml"));
    keys.add("reader", Set.of(Access.READ));
    Identification known = new Identification(Optional.of(keys.path()), Optional.empty(), false);
    try (RunningApi running =
        ApiSetup.in(mine).access(RunningApi.OPEN.withIdentification(known)).start()) {
      ChromiumTab tab = open(running);
      tab.await("!document.querySelector('#sign-in').hidden");

      assertThat(violations(tab)).isEmpty();
    }
  }

  @Test
  void shouldFindNothingWhereThereIsNothingYet() {
    try (RunningApi running = ApiSetup.in(mine).start()) {
      ChromiumTab tab = open(running);
      tab.await("document.querySelector('#connection').dataset.state === 'live'");

      assertThat(violations(tab)).isEmpty();
    }
  }

  @Test
  void shouldFindNothingOnAResult() throws IOException {
    try (PictureService service = PictureService.open(mine, RunningApi.OPEN)) {
      ChromiumTab tab = open(service.running);
      tab.await("document.querySelector('#connection').dataset.state === 'live'");
      tab.drop("#drop", Files.write(folder.resolve("view.png"), TestImages.ramp(64, 255)));
      tab.await("!document.querySelector('#legend').hidden");
      tab.click("#near-go");
      tab.await("!document.querySelector('#near-found').hidden");

      assertThat(violations(tab)).isEmpty();
    }
  }

  @Test
  void shouldFindNothingOnTheWorklist() {
    try (ListingService service = ListingService.open(mine, RunningApi.OPEN)) {
      service.scored(
          score("ill", "a", 3, Map.of("effusion", 0.9, "nodule", 0.55)),
          score("ill", "b", 2, Map.of("effusion", 0.7, "nodule", 0.55)),
          refused("broken", 1));
      ChromiumTab tab = open(service.running);
      tab.await("document.querySelectorAll('#work-studies button').length === 2");
      tab.click("[data-key=\"said true effusion\"]");
      tab.await(
          "document.querySelector('[data-key=\"said true effusion\"]').ariaPressed === 'true'");
      tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })");

      List<String> read = violations(tab);
      tab.evaluate("document.querySelectorAll('#work-studies button')[1].click()");
      List<String> unscored = violations(tab);

      assertThat(read).isEmpty();
      assertThat(unscored).isEmpty();
    }
  }

  @Test
  void shouldFindNothingOnAReport() throws IOException {
    TorchEngine.start(1);
    try (RunningApi running = ApiSetup.in(mine).start()) {
      WritingModel gated = WritingModel.gated(mine, "line-000000007", 3);
      running.fleet.carryOut(gated.model(), new Verdict.Promote("test"));
      ChromiumTab tab = open(running);
      tab.await("document.querySelector('#connection').dataset.state === 'live'");
      tab.drop("#drop", Files.write(folder.resolve("view.png"), TestImages.ramp(64, 255)));
      tab.await("!document.querySelector('#report-go').disabled");
      tab.evaluate("document.querySelector('#report-details').open = true");
      tab.choose("#report-manner", "drawn");
      tab.click("#report-go");
      gated.texts().allow(2);
      tab.await("document.querySelector('#report-text').textContent !== ''");

      List<String> meanwhile = violations(tab);
      gated.texts().allowAll();
      tab.await("document.querySelector('#report-by').textContent !== ''");
      List<String> whole = violations(tab);

      assertThat(meanwhile).isEmpty();
      assertThat(whole).isEmpty();
    }
  }

  @Test
  void shouldFindNothingOnCheckpointsAndInDialogs() {
    try (ShownService service = ShownService.open(mine)) {
      ChromiumTab tab = open(service.running);
      tab.await(
          "document.querySelector('#models tr') && !document.querySelector('#comparison').hidden");
      tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })");
      tab.await("document.querySelectorAll('#decisions tr').length > 0");

      List<String> page = violations(tab);
      tab.click("[data-key=\"why model " + ShownService.HELD + "\"]");
      List<String> figures = violations(tab);
      tab.click("#why-close");
      tab.click("[data-key=\"canary " + ShownService.HELD + "\"]");
      List<String> decision = violations(tab);
      tab.click("#decide-cancel");
      tab.click("[data-key=\"lineage " + ShownService.HELD + "\"]");
      tab.await("!document.querySelector('#lineage-table').hidden");
      List<String> lineage = violations(tab);

      assertThat(page).isEmpty();
      assertThat(figures).isEmpty();
      assertThat(decision).isEmpty();
      assertThat(lineage).isEmpty();
    }
  }
}
