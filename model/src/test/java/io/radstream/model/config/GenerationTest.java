package io.radstream.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GenerationTest {

  private static final Generation GOOD = Generation.beam(2, 3, 4);

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong("generation.startToken", () -> Generation.greedy(-1, 3)),
        wrong("generation.endToken", () -> Generation.greedy(2, -1)),
        wrong("generation.endToken", () -> Generation.greedy(2, 2)),
        wrong("generation.beams", () -> Generation.beam(2, 3, 0)),
        wrong("generation.minTokens", () -> GOOD.withTokens(-1, 9)),
        wrong("generation.maxTokens", () -> GOOD.withTokens(0, 1)),
        wrong("generation.maxTokens", () -> GOOD.withTokens(10, 9)),
        wrong("generation.lengthPenalty", () -> GOOD.withLengthPenalty(-0.1)),
        wrong("generation.lengthPenalty", () -> GOOD.withLengthPenalty(Double.NaN)),
        wrong("generation.repetitionPenalty", () -> GOOD.withRepetition(0.9, 0)),
        wrong(
            "generation.repetitionPenalty", () -> GOOD.withRepetition(Double.POSITIVE_INFINITY, 0)),
        wrong("generation.noRepeatNgram", () -> GOOD.withRepetition(1, -1)),
        wrong("generation.forbidden", () -> GOOD.withForbidden(Set.of(-1))),
        wrong("generation.forbidden", () -> GOOD.withForbidden(Set.of(3))));
  }

  private static Arguments wrong(String named, ThrowingCallable made) {
    return Arguments.of(named, made);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void shouldNameTheOptionThatIsOutOfRange(String named, ThrowingCallable made) {
    assertThatThrownBy(made)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named + " (");
  }

  @Test
  void shouldChangeNothingElse() {
    Generation changed =
        GOOD.withTokens(4, 9)
            .withLengthPenalty(0.6)
            .withRepetition(1.2, 3)
            .withForbidden(Set.of(0, 1));

    assertThat(changed).isEqualTo(new Generation(2, 3, 4, 4, 9, 0.6, 1.2, 3, Set.of(0, 1)));
    assertThat(Generation.greedy(2, 3)).isEqualTo(Generation.beam(2, 3, 1));
  }

  @Test
  void shouldNotFollowChangesOfTheCallersSet() {
    Set<Integer> forbidden = new HashSet<>(Set.of(0));
    Generation options = GOOD.withForbidden(forbidden);

    forbidden.add(7);

    assertThat(options.forbidden()).containsExactly(0);
  }
}
