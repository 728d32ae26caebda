package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The words of the page, each in each language. */
class PageWordsTest {

  private static final String PAGE = "/io/radstream/serving/http/page/";
  private static final Pattern PLACE = Pattern.compile("\\{\\w+}");
  private static final Pattern COMMENT =
      Pattern.compile("/\\*.*?\\*/|(?<=\\s)//[^\n]*", Pattern.DOTALL);

  private static final Pattern LITERAL = Pattern.compile("'([^'\n]*)'|`([^`]*)`");

  /** Names of classes and the like are one word, or small ones without a stop. */
  private static final Pattern SENTENCE =
      Pattern.compile("\\p{Lu}\\p{Ll}+|.*\\p{L} \\p{L}+ \\p{L}.*|.*\\p{Ll}{2}[.,:;] .*");

  private static final Map<String, List<String>> WORDS = new TreeMap<>();

  @BeforeAll
  static void read() throws Exception {
    try (Context context =
        Context.newBuilder("js")
            .option("engine.WarnInterpreterOnly", "false")
            .allowExperimentalOptions(true)
            .option("js.esm-eval-returns-exports", "true")
            .build()) {
      Value module =
          context.eval(
              Source.newBuilder("js", script("strings.js"), "strings.mjs")
                  .mimeType("application/javascript+module")
                  .build());
      Value strings = module.getMember("STRINGS");
      for (String key : strings.getMemberKeys()) {
        Value texts = strings.getMember(key);
        WORDS.put(
            key,
            Stream.iterate(0L, i -> i < texts.getArraySize(), i -> i + 1)
                .map(i -> texts.getArrayElement(i).asString())
                .toList());
      }
    }
  }

  private static String script(String name) {
    return PageFiles.read(PAGE + name).toString();
  }

  private static Stream<String> otherScripts() {
    return PageFiles.SCRIPTS.stream()
        .filter(name -> !name.equals("strings.js"))
        .map(name -> COMMENT.matcher(script(name)).replaceAll(""));
  }

  private static Set<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> places(String text) {
    return PLACE.matcher(text).results().map(match -> match.group()).sorted().toList();
  }

  @Test
  void shouldHaveEachTextInEachLanguage() {
    assertThat(WORDS).hasSizeGreaterThan(100);
    assertThat(WORDS)
        .allSatisfy(
            (key, texts) -> assertThat(texts).as(key).hasSize(3).noneMatch(String::isBlank));
  }

  @Test
  void shouldFillInTheSameInEachLanguage() {
    assertThat(WORDS)
        .allSatisfy(
            (key, texts) ->
                assertThat(texts)
                    .as(key)
                    .allSatisfy(text -> assertThat(places(text)).isEqualTo(places(texts.get(0)))));
  }

  @Test
  void shouldHaveBothNumbers() {
    Set<String> ones = keysEndingWith(".one");

    assertThat(ones).isNotEmpty();
    assertThat(keysEndingWith(".other")).isEqualTo(ones);
  }

  private static Set<String> keysEndingWith(String end) {
    return WORDS.keySet().stream()
        .filter(key -> key.endsWith(end))
        .map(key -> key.substring(0, key.length() - end.length()))
        .filter(key -> !Set.of("views", "training.loss", "problem").contains(key))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void shouldHaveAllThatThePageSays() {
    Set<String> said = found(" data-(?:text|label)=\"([^\"]+)\"", script("index.html"));
    otherScripts()
        .forEach(
            text -> {
              said.addAll(found("(?:\\bsay|tell\\([^,\n]+,)\\(?\\s*'([^']+)'", text));
              said.addAll(found("key: '([^']+)'", text));
            });

    assertThat(said).hasSizeGreaterThan(100);
    assertThat(WORDS.keySet()).containsAll(said);
  }

  /** Names that are put together, as of verdicts, begin as one that is written out. */
  @Test
  void shouldHaveNoTextThatNobodySays() {
    String all = otherScripts().collect(Collectors.joining("\n")) + script("index.html");

    assertThat(WORDS.keySet())
        .allSatisfy(
            key ->
                assertThat(
                        all.contains("'" + key + "'")
                            || all.contains("\"" + key + "\"")
                            || found("`([a-z]+\\.)\\$\\{", all).stream().anyMatch(key::startsWith)
                            || all.contains("'" + key.replaceAll("\\.(one|other)$", "") + "'"))
                    .as(key)
                    .isTrue());
  }

  @Test
  void shouldLeaveNoSentenceInTheScripts() {
    Stream<String> literals =
        otherScripts()
            .flatMap(text -> LITERAL.matcher(text).results())
            .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
            .map(text -> text.replaceAll("\\$\\{[^}]*}", ""));

    assertThat(literals.filter(text -> SENTENCE.matcher(text).matches()))
        .containsExactly(
            "Authorization", "(prefers-color-scheme: dark)", "text/plain; charset=utf-8");
  }

  @Test
  void shouldLeaveNoWordsInTheMarkup() {
    String body = script("index.html").replaceAll("(?s)^.*<body>|<option [^>]*>[^<]*</option>", "");

    assertThat(found(">([^<]*\\p{L}{2,}[^<]*)<", body)).containsExactly("Radstream");
    assertThat(body)
        .doesNotContain("aria-label=", "title=", "placeholder=")
        .doesNotContainPattern(" alt=\"[^\"]");
    assertThat(script("page.css") + script("viewer.css") + script("reading.css"))
        .doesNotContainPattern("content: \"[^\"]");
  }
}
