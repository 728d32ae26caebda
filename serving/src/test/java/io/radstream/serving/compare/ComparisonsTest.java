package io.radstream.serving.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ScoredBy;
import io.radstream.serving.score.ScoredStudy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComparisonsTest {

  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final ModelIdentity LIVE = model("live");
  private static final ModelIdentity TRIAL = model("trial");

  private final Comparisons comparisons = new Comparisons(() -> NOW);

  private static ModelIdentity model(String id) {
    return new ModelIdentity(id, "line", 7, Instant.EPOCH);
  }

  private static ScoredStudy scored(
      ModelIdentity model, Optional<String> study, Map<String, Double> probabilities) {
    return new ScoredStudy(
        study,
        model,
        probabilities,
        probabilities.keySet().stream()
            .collect(Collectors.toMap(name -> name, name -> ScoredBy.LABELS)),
        new float[] {1},
        1,
        List.of(0, 0, 0));
  }

  private void compare(String study, double live, double trial) {
    comparisons.compared(
        scored(LIVE, Optional.of(study), Map.of("effusion", live)),
        scored(TRIAL, Optional.of(study), Map.of("effusion", trial)));
  }

  private Comparison only() {
    assertThat(comparisons.all()).hasSize(1);
    return comparisons.all().get(0);
  }

  @Test
  void shouldSayHowFarTheyAgree() {
    compare("a", 0.1, 0.2);
    compare("b", 0.4, 0.9);
    compare("c", 0.8, 0.75);
    compare("d", 0.9, 0.95);

    FindingAgreement effusion = only().findings().get("effusion");

    assertThat(effusion.studies()).isEqualTo(4);
    assertThat(effusion.meanDifference()).isEqualTo(0.175, within(1e-12));
    assertThat(effusion.moved()).isEqualTo(0.25, within(1e-12));
    assertThat(effusion.sameDecision()).isEqualTo(0.75);
    assertThat(effusion.rankCorrelation().orElseThrow()).isEqualTo(0.8, within(1e-12));
  }

  @Test
  void shouldListTheWorstFirstAndNoMoreThanItMay() {
    for (int i = 1; i <= 60; i++) {
      compare("study " + i, 0.001 * i, 0);
    }

    List<Disagreement> worklist = only().worklist();

    assertThat(worklist).hasSize(Comparisons.WORKLIST);
    assertThat(worklist.get(0))
        .isEqualTo(new Disagreement(Optional.of("study 60"), "effusion", 0.06, 0, NOW));
    assertThat(worklist)
        .extracting(Disagreement::difference)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void shouldListAStudyOnceByWhatItDiffersInMost() {
    comparisons.compared(
        scored(LIVE, Optional.of("a"), Map.of("effusion", 0.1, "nodule", 0.2, "mass", 0.9)),
        scored(TRIAL, Optional.of("a"), Map.of("effusion", 0.2, "nodule", 0.9)));
    compare("a", 0.1, 0.3);

    assertThat(only().worklist())
        .containsExactly(new Disagreement(Optional.of("a"), "effusion", 0.1, 0.3, NOW));
    assertThat(only().findings()).containsOnlyKeys("effusion", "nodule");
    assertThat(only().studies()).isEqualTo(2);
  }

  @Test
  void shouldListStudiesWithoutAName() {
    comparisons.compared(
        scored(LIVE, Optional.empty(), Map.of("effusion", 0.1)),
        scored(TRIAL, Optional.empty(), Map.of("effusion", 0.2)));
    comparisons.compared(
        scored(LIVE, Optional.empty(), Map.of("effusion", 0.3)),
        scored(TRIAL, Optional.empty(), Map.of("effusion", 0.9)));

    assertThat(only().worklist()).extracting(Disagreement::trial).containsExactly(0.9, 0.2);
  }

  @Test
  void shouldForgetWhatIsOfNoLoadedModel() {
    compare("a", 0.1, 0.2);
    comparisons.keepOnly(Set.of(TRIAL));
    boolean kept = !comparisons.all().isEmpty();

    comparisons.keepOnly(Set.of(model("another")));

    assertThat(kept).isTrue();
    assertThat(comparisons.all()).isEmpty();
  }

  @Test
  void shouldRankEqualScoresAlike() {
    double[] first = {0.1, 0.5, 0.5, 0.9};

    assertThat(RankCorrelation.of(first, new double[] {1, 2, 2, 3}).orElseThrow())
        .isEqualTo(1, within(1e-12));
    assertThat(RankCorrelation.of(first, new double[] {3, 2, 2, 1}).orElseThrow())
        .isEqualTo(-1, within(1e-12));
    assertThat(RankCorrelation.of(first, new double[] {1, 1, 1, 1})).isEmpty();
  }
}
