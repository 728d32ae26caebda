package io.radstream.serving.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZeroShotTest {

  private final ZeroShot zeroShot =
      ZeroShot.of(new FakeNetwork(), new FakeTexts()::tokens, FakeNetwork.PROMPTS);

  @Test
  void shouldBeTheSoftmaxOverBothCosinesAndTheTemperature() {
    double probability = zeroShot.probabilities(new float[] {0.6f, 0.8f}).get("bright");

    double expected = Math.exp(0.6 / 0.1) / (Math.exp(0.6 / 0.1) + Math.exp(0.8 / 0.1));
    assertThat(probability).isCloseTo(expected, within(1e-6));
  }

  @Test
  void shouldAverageThePromptsOfAListToAUnitVector() {
    PromptSet mixed =
        new PromptSet(List.of(new FindingPrompts("f", List.of("bright", "dark"), List.of("dark"))));
    ZeroShot ensemble = ZeroShot.of(new FakeNetwork(), new FakeTexts()::tokens, mixed);

    double probability = ensemble.probabilities(new float[] {1, 0}).get("f");

    assertThat(probability).isCloseTo(1 / (1 + Math.exp(-Math.sqrt(0.5) / 0.1)), within(1e-6));
  }

  @Test
  void shouldKeepTheOrderOfTheFindings() {
    PromptSet three =
        new PromptSet(
            List.of(
                new FindingPrompts("z", List.of("bright"), List.of("dark")),
                new FindingPrompts("a", List.of("dark"), List.of("bright")),
                new FindingPrompts("m", List.of("bright"), List.of("dark"))));

    ZeroShot several = ZeroShot.of(new FakeNetwork(), new FakeTexts()::tokens, three);

    assertThat(several.probabilities(new float[] {1, 0}).keySet()).containsExactly("z", "a", "m");
  }

  @Test
  void shouldKeepTheSentencesOfFindingsApartThatArePassedTogether() {
    List<String> bright = Collections.nCopies(20, "bright");
    List<String> dark = Collections.nCopies(15, "dark");
    PromptSet many =
        new PromptSet(
            List.of(
                new FindingPrompts("bright", bright, dark),
                new FindingPrompts("dark", dark, bright)));

    ZeroShot several = ZeroShot.of(new FakeNetwork(), new FakeTexts()::tokens, many);

    assertThat(several.probabilities(new float[] {1, 0}))
        .hasEntrySatisfying("bright", p -> assertThat(p).isGreaterThan(0.99))
        .hasEntrySatisfying("dark", p -> assertThat(p).isLessThan(0.01));
  }
}
