package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page and its scripts, without a browser. */
@Timeout(60)
class PageTest {

  private static final Pattern ASKED_ID = Pattern.compile("(?:\\$|getElementById)\\('([^']+)'\\)");
  private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");
  private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"");
  private static final Pattern SCRIPT = Pattern.compile("<script src=\"([^\"]+)\" ([a-z\"=]+)>");
  private static final Pattern REFERENCE =
      Pattern.compile(" (?:for|aria-labelledby|aria-describedby)=\"([^\"]+)\"");

  @TempDir private static Path store;
  @TempDir private Path folder;
  private static ShownService service;

  @BeforeAll
  static void start() {
    service = ShownService.open(store);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String page() {
    return service.running.get("/").body();
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String scripts() {
    return PageFiles.SCRIPTS.stream()
        .map(name -> service.running.get("/assets/" + name).body())
        .collect(Collectors.joining("\n"));
  }

  private PageScripts loaded() {
    PageScripts scripts = new PageScripts(service.running, folder);
    scripts.load("page.js");
    return scripts;
  }

  @Test
  void shouldRunAllScriptsTogether() {
    try (PageScripts scripts = loaded()) {
      assertThat(scripts.thrown()).isEmpty();
      assertThat(scripts.text("connection")).isNotEqualTo("connecting");
    }
  }

  /** None that nobody asks for, either: it would be tested by nobody. */
  @Test
  void shouldImportEveryScriptThatIsServed() {
    Set<String> imported = found(Pattern.compile("from '/assets/([^']+)'"), scripts());
    imported.add("page.js");

    assertThat(imported).containsExactlyInAnyOrderElementsOf(PageFiles.SCRIPTS);
  }

  @Test
  void shouldAskOnlyForElementsThatThePageHas() {
    Set<String> asked = found(ASKED_ID, scripts());

    assertThat(asked).hasSizeGreaterThan(30);
    assertThat(found(ID, page())).containsAll(asked);
  }

  @Test
  void shouldNameEachElementOnce() {
    List<String> ids = ID.matcher(page()).results().map(match -> match.group(1)).toList();

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids).containsAll(found(REFERENCE, page()));
  }

  @Test
  void shouldServeEveryFileThatThePageNames() {
    Set<String> files = found(FILE, page());

    assertThat(files)
        .isNotEmpty()
        .allSatisfy(
            file -> assertThat(service.running.get(file).statusCode()).as(file).isEqualTo(200));
  }

  /** A module has its names for itself, so that no two scripts can clash. */
  @Test
  void shouldLoadItsOwnScriptsAsModules() {
    List<String> own =
        SCRIPT
            .matcher(page())
            .results()
            .filter(match -> PageFiles.SCRIPTS.contains(match.group(1).replace("/assets/", "")))
            .map(match -> match.group(2))
            .toList();

    assertThat(own).containsExactly("type=\"module\"");
  }

  @Test
  void shouldHoldThePolicyThatItIsSentWith() {
    HttpResponse<String> answer = service.running.get("/");

    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self';", "style-src 'self';")
        .doesNotContain("unsafe");
    assertThat(answer.body())
        .doesNotContainPattern("<script(?! src=\"/assets/)")
        .doesNotContainPattern("<style|style=| on[a-z]+=|javascript:|(src|href)=\"(?!/)");
    assertThat(scripts())
        .doesNotContainPattern("innerHTML|outerHTML|insertAdjacent|document\\.write")
        .doesNotContainPattern("\\beval\\(|new Function|['\"]style['\"]|\\bstyle: (?!'percent')")
        .doesNotContainPattern("https?://");
  }

  @Test
  void shouldShowWhatTheEventsTell() {
    try (PageScripts scripts = loaded()) {
      assertThat(scripts.text("model")).contains(ShownService.LIVE);
      assertThat(scripts.text("models"))
          .contains(ShownService.HELD, "candidate", "is worse than the live one on the panel");
      assertThat(scripts.text("drift")).contains("report length of phantoms is 90 and was 40");
      assertThat(scripts.text("figures")).contains("Validation loss4.5");
      assertThat(scripts.run("plotted[1].length").asInt()).isEqualTo(3);
      assertThat(scripts.thrown()).isEmpty();
    }
  }

  @Test
  void shouldShowHowFastTheRunLearns() {
    try (PageScripts scripts = loaded()) {
      assertThat(scripts.text("figures"))
          .contains("Studies per second12.5")
          .containsPattern("Studies behind1.?207");

      scripts.run(
          """
          document.getElementById('loss').value = 'studies_per_second';
          document.getElementById('loss').dispatchEvent(new Event('change'));
          """);

      assertThat(scripts.run("plotted.length").asInt()).isEqualTo(2);
      assertThat(scripts.run("plotted[1][2]").asDouble()).isEqualTo(12.5);
      assertThat(scripts.thrown()).isEmpty();
    }
  }

  @Test
  void shouldTellOfWhichRunACheckpointIs() {
    try (PageScripts scripts = loaded()) {
      assertThat(scripts.text("models")).contains(ShownService.LIVE + "line demo, run run");
    }
  }

  @Test
  void shouldShowWhyACheckpointIsHeld() {
    try (PageScripts scripts = loaded()) {
      scripts.press("why model " + ShownService.HELD);

      assertThat(scripts.run("document.getElementById('why').open").asBoolean()).isTrue();
      assertThat(scripts.text("why-title")).isEqualTo(ShownService.HELD + ": hold");
      assertThat(scripts.text("why-by"))
          .contains("by gate", "panel of 8 studies, beside " + ShownService.LIVE);
      assertThat(scripts.text("why-findings"))
          .startsWith("brightworse: holds it0.000 0.000 to 0.000")
          .contains("0.500 0.500 to 0.500", "-0.500 -0.500 to -0.500", "88%");
    }
  }

  @Test
  void shouldShowWhereTheOneOnTrialDisagrees() {
    try (PageScripts scripts = loaded()) {
      assertThat(scripts.isHidden("comparison")).isFalse();
      assertThat(scripts.text("comparisons"))
          .contains(ShownService.SHADOW + " (shadow) beside " + ShownService.LIVE)
          .contains("2 studies scored by both", "pseudonym-0", "pseudonym-1");
    }
  }

  @Test
  void shouldListDecisions() {
    try (PageScripts scripts = loaded()) {
      scripts.run(
          "document.getElementById('decisions-list').open = true;"
              + "document.getElementById('decisions-list').dispatchEvent(new Event('toggle'))");

      assertThat(scripts.text("decisions")).contains("a second look", "policy: gate");
      assertThat(scripts.thrown()).isEmpty();
    }
  }

  @Test
  void shouldAskOnlyForWhatTheContractHas() throws IOException {
    try (PageScripts scripts = loaded()) {
      scripts.run(
          """
          const answered = fetch;
          globalThis.fetch = async (path, options) => {
            if (options?.method !== 'POST') return answered(path, options);
            asked.push(`POST ${path}`);
            return {status: 409, ok: false, json: async () => ({detail: 'not in this test'})};
          };
          document.querySelectorAll('[data-key]').forEach(button => {
            button.click();
            if (document.getElementById('decide').open) {
              document.getElementById('decide-form').dispatchEvent(new Event('submit'));
              document.getElementById('decide').close();
            }
          });
          """);

      assertThat(scripts.asked())
          .anyMatch(asked -> asked.endsWith("/promote"))
          .anyMatch(asked -> asked.startsWith("GET /v1/models/comparison"))
          .allSatisfy(asked -> assertThat(contract()).anyMatch(asked::matches));
    }
    Set<String> written = found(Pattern.compile("['`](/v1/[^'`$?]*)"), scripts());
    assertThat(written)
        .contains("/v1/score", "/v1/models/decisions")
        .allSatisfy(path -> assertThat(contract()).anyMatch(known -> known.contains(" " + path)));
  }

  /** As expressions that requests match. */
  private static List<String> contract() throws IOException {
    JsonNode paths =
        new YAMLMapper().readTree(service.running.get("/openapi.yaml").body()).get("paths");
    return paths.properties().stream()
        .flatMap(
            path ->
                Stream.of("get", "post")
                    .filter(path.getValue()::has)
                    .map(
                        method ->
                            method.toUpperCase(Locale.ROOT)
                                + " "
                                + path.getKey().replaceAll("\\{\\w+}", "[^/]+")
                                + "(\\?.*)?"))
        .toList();
  }
}
