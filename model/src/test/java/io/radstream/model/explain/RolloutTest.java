package io.radstream.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutTest {

  private static final float[] FIRST = {0.2f, 0.8f, 0.6f, 0.4f};
  private static final float[] SECOND = {0.5f, 0.5f, 0.1f, 0.9f};

  private final Rollout rollout = new Rollout(List.of(FIRST, SECOND), 2);

  @Test
  void shouldFollowWhatIsReadThroughAllBlocks() {
    // Given one token that is read: (1, 0)(I + SECOND)(I + FIRST) = (1.5, 0.5)(I + FIRST)
    double[] read = {1, 0};

    // When
    double[] relevance = rollout.relevance(read);

    // Then (1.5·1.2 + 0.5·0.6, 1.5·0.8 + 0.5·1.4), less what was read
    assertThat(relevance).containsExactly(new double[] {1.1, 1.9}, within(1e-6));
  }

  @Test
  void shouldFollowAttentionWithoutLosingAny() {
    // Given (1, 0)(I + SECOND)/2 = (0.75, 0.25)
    double[] read = {1, 0};

    // When
    double[] attention = rollout.attention(read);

    // Then (0.75·1.2 + 0.25·0.6)/2 and (0.75·0.8 + 0.25·1.4)/2, which sum to 1
    assertThat(attention).containsExactly(new double[] {0.525, 0.475}, within(1e-6));
  }
}
