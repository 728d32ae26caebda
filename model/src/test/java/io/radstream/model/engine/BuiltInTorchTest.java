package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInTorchTest {

  @Test
  void shouldBeForThisMachine() {
    assertThatCode(BuiltInTorch::check).doesNotThrowAnyException();
  }

  @Test
  void shouldBeForOneKindOfMachine() {
    Set<String> kinds = BuiltInTorch.kinds();

    assertThat(kinds).singleElement().asString().matches("(linux|osx|win)-(x86_64|aarch64)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-aarch64", "osx-aarch64"})
  void shouldTellHowToHaveTheOneForAnotherMachine(String machine) {
    assertThatThrownBy(() -> BuiltInTorch.check(machine, Set.of("linux-x86_64")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("(" + machine + ") is built in, but one for linux-x86_64.")
        .hasMessageContaining("-Dnatives=" + machine);
  }

  @ParameterizedTest
  @ValueSource(strings = {"osx-x86_64", "linux-riscv64"})
  void shouldTellWhereThereIsNone(String machine) {
    assertThatThrownBy(() -> BuiltInTorch.check(machine, Set.of("linux-x86_64")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("none to be had")
        .hasMessageContaining("linux-aarch64, linux-x86_64, osx-aarch64");
  }
}
