package io.radstream.serving.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

  private static final String HASH =
      "abababababababababababababababababababababababababababababababab";

  @TempDir private Path folder;

  private ApiKeyFile file() {
    return new ApiKeyFile(folder.resolve("keys.yaml"));
  }

  private ApiKeys read() throws IOException {
    return ApiKeys.parse(Files.readAllBytes(file().path()));
  }

  @Test
  void shouldKnowEachKeyThatWasMadeAndKeepNone() throws IOException {
    String viewer = file().add("viewer", Set.of(Access.SCORE));
    String site = file().add("site-1.b", Set.of(Access.READ, Access.OPERATE));

    ApiKeys keys = read();

    assertThat(keys.principal(viewer)).contains(new Principal("viewer", Set.of(Access.SCORE)));
    assertThat(keys.principal(site))
        .contains(new Principal("site-1.b", Set.of(Access.READ, Access.OPERATE)));
    assertThat(keys.principal(viewer + "x")).isEmpty();
    assertThat(viewer).matches("rsk_[A-Za-z0-9_-]{43}").isNotEqualTo(site);
    assertThat(Files.readString(file().path())).doesNotContain(viewer, site);
  }

  @Test
  void shouldAddToAFileThatSomebodyWrote() throws IOException {
    Files.writeString(
        file().path(),
        "# ours\n- {name: a, roles: [score], sha256: "
            + HASH.toUpperCase(java.util.Locale.ROOT)
            + "}");

    String key = file().add("b", Set.of(Access.READ));

    assertThat(read().principal(key)).isPresent();
    assertThat(read().holds("a")).isTrue();
  }

  @Test
  void shouldNotMakeAKeyUnderANameThatIsTaken() throws IOException {
    file().add("viewer", Set.of(Access.SCORE));
    String before = Files.readString(file().path());

    assertThatThrownBy(() -> file().add("viewer", Set.of(Access.READ)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds a key named viewer");
    assertThat(file().path()).hasContent(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "-a", "a\"b", "a\nb", "ä"})
  void shouldTakePlainNamesOnly(String name) {
    assertThatThrownBy(() -> file().add(name, Set.of(Access.READ)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(file().path()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a: b",
        "- a",
        "- ",
        "- {name: a}",
        "- {name: a, roles: [score], sha256: abc}",
        "- {name: a, roles: [score], sha256: '" + HASH + "zz'}",
        "- {name: a, roles: [public], sha256: " + HASH + "}",
        "- {name: a, roles: [admin], sha256: " + HASH + "}",
        "- {name: a, roles: [null], sha256: " + HASH + "}",
        "- {name: a, roles: score, sha256: " + HASH + "}",
        "- {name: '', roles: [score], sha256: " + HASH + "}",
        "- {name: \"a\\nb\", roles: [score], sha256: " + HASH + "}",
        "- {name: a, roles: [score], sha256: " + HASH + ", key: b}",
        "- {name: a, roles: [score], sha256: "
            + HASH
            + "}\n"
            + "- {name: a, roles: [read], sha256: "
            + HASH
            + "}",
        "\u0000",
        "[[[[",
        "- &a [*a]",
      })
  void shouldRefuseWhatIsNoListOfKeysAndNotRepeatHashes(String yaml) {
    assertThatThrownBy(() -> ApiKeys.parse(yaml.getBytes(UTF_8)))
        .isInstanceOf(UnusableAccessException.class)
        .hasMessageNotContaining(HASH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "[]", "# none yet\n"})
  void shouldLetNobodyInByAnEmptyFile(String yaml) throws IOException {
    assertThat(ApiKeys.parse(yaml.getBytes(UTF_8)).principal("")).isEmpty();
  }
}
