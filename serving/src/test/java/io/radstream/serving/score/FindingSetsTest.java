package io.radstream.serving.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingSetsTest {

  @Test
  void shouldNameAllFindingsFirst() {
    FindingSets sets =
        new FindingSets(PromptSet.builtIn(), Map.of("chest.night-1", new FindingSet.Taught()));

    assertThat(sets.names()).containsExactly("radstream", "chest.night-1");
    assertThat(sets.needed("radstream")).isEmpty();
    assertThat(sets.needed("chest.night-1")).containsExactly(Capability.LABELS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "radstream", "a/b", "..", "a b", "ä"})
  void shouldRefuseANameThatIsNoneOrIsTaken(String name) {
    assertThatThrownBy(
            () -> new FindingSets(PromptSet.builtIn(), Map.of(name, new FindingSet.Taught())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a model's name");
  }
}
