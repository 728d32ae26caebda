package io.radstream.serving.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.radstream.schemas.TrainingMetric;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.score.ModelIdentity;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FreshnessTest {

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private Instant now = Instant.ofEpochSecond(10_000);
  private final Freshness freshness = new Freshness(meters, () -> now);

  /** One was announced before the service began. */
  private final List<KnownCheckpoint> known =
      new ArrayList<>(List.of(announced(1, Instant.ofEpochSecond(9_000))));

  @Test
  void shouldMeasureFromArrivalToTheFirstLiveCheckpointThatLearnedFromTheStudies() {
    live(10, 10_000);
    freshness.read(List.of(metric("run", 12, 8, 10_010, 10_020, 10_040)));
    freshness.read(List.of(metric("run", 14, 2, 10_050, 10_055, 10_060)));

    live(20, 10_100);

    assertThat(shown("radstream_freshness_seconds_count")).isEqualTo(10);
    assertThat(shown("radstream_freshness_seconds_sum")).isEqualTo(8 * 80 + 2 * 45);
    assertThat(shown("radstream_freshness_oldest_seconds")).isEqualTo(90);
    assertThat(shown("radstream_freshness_newest_arrival_timestamp_seconds")).isEqualTo(10_060);
  }

  @Test
  void shouldMeasureToWhenTheCheckpointBecameLiveWhereTheRunTellsLater() {
    live(10, 10_000);
    live(20, 10_100);
    now = Instant.ofEpochSecond(10_500);

    freshness.read(List.of(metric("run", 12, 1, 10_020, 10_020, 10_020)));

    assertThat(shown("radstream_freshness_seconds_sum")).isEqualTo(80);
  }

  @Test
  void shouldNotCountWhatTheFirstCheckpointKnewAlready() {
    freshness.read(List.of(metric("run", 8, 4, 100, 150, 200)));

    live(10, 10_000);

    assertThat(shown("radstream_freshness_seconds_count")).isZero();
    assertThat(shown("radstream_freshness_newest_arrival_timestamp_seconds")).isEqualTo(200);
  }

  @Test
  void shouldCountTheFirstCheckpointWhereThereWasNoneWhenTheServiceBegan() {
    freshness.read(List.of(metric("run", 8, 4, 9_900, 9_950, 10_000)));
    known.clear();

    live(10, 10_100);

    assertThat(shown("radstream_freshness_seconds_count")).isEqualTo(4);
    assertThat(shown("radstream_freshness_seconds_sum")).isEqualTo(4 * 150);
  }

  @Test
  void shouldNotCountTheFirstThatIsLiveWhereAnEarlierOneMayHaveBeen() {
    freshness.read(List.of(metric("run", 8, 4, 9_900, 9_950, 10_000)));

    live(20, 10_100);

    assertThat(shown("radstream_freshness_seconds_count")).isZero();
  }

  @Test
  void shouldNotCountWhatNoLiveCheckpointHasLearned() {
    live(10, 10_000);

    freshness.read(List.of(metric("run", 11, 4, 10_010, 10_020, 10_030)));

    assertThat(shown("radstream_freshness_seconds_count")).isZero();
    assertThat(shown("radstream_freshness_newest_arrival_timestamp_seconds")).isNaN();
  }

  @Test
  void shouldKnowLessAfterARollBackAndCountNothingTwice() {
    live(10, 10_000);
    freshness.read(
        List.of(
            metric("run", 9, 1, 9_000, 9_000, 9_000),
            metric("run", 12, 1, 10_020, 10_020, 10_020)));
    live(20, 10_100);

    live(10, 10_200);
    double behind = shown("radstream_freshness_newest_arrival_timestamp_seconds");
    live(20, 10_300);

    assertThat(behind).isEqualTo(9_000);
    assertThat(shown("radstream_freshness_newest_arrival_timestamp_seconds")).isEqualTo(10_020);
    assertThat(shown("radstream_freshness_seconds_count")).isEqualTo(1);
  }

  @Test
  void shouldForgetStepsThatANewRunTakesAnew() {
    live(10, 10_000);
    freshness.read(List.of(metric("killed", 13, 5, 10_001, 10_001, 10_001)));

    freshness.read(List.of(metric("next", 11, 1, 10_050, 10_050, 10_050)));
    live(20, 10_100);

    assertThat(shown("radstream_freshness_seconds_count")).isEqualTo(1);
    assertThat(shown("radstream_freshness_seconds_sum")).isEqualTo(50);
  }

  @Test
  void shouldLoseNoStudyOfALongTimeWithoutANewCheckpoint() {
    live(10, 10_000);
    for (int step = 11; step < 11 + 3 * LineReads.MOST; step++) {
      freshness.read(List.of(metric("run", step, 2, 10_010, 10_020, 10_030)));
    }

    live(100_000, 10_100);

    assertThat(shown("radstream_freshness_seconds_count")).isEqualTo(6 * LineReads.MOST);
    assertThat(shown("radstream_freshness_seconds_sum")).isEqualTo(80.0 * 6 * LineReads.MOST);
  }

  @Test
  void shouldPassByFiguresThatCannotBe() {
    live(10, 10_000);
    freshness.read(
        List.of(
            metric("run", 11, -3, 1, 2, 3),
            metric("run", 12, Double.POSITIVE_INFINITY, 1, 2, 3),
            metric("run", 13, 1, 3, 2, 1),
            metric("run", 14, 1, 1, Double.NaN, 3)));

    live(20, 10_100);

    assertThat(shown("radstream_freshness_seconds_count")).isZero();
  }

  @Test
  void shouldBeScrapedWhileMetricsAreRead() {
    live(10, 10_000);
    List<Double> shown = new ArrayList<>();

    freshness.read(
        new AbstractList<>() {
          @Override
          public TrainingMetric get(int index) {
            shown.add(
                CompletableFuture.supplyAsync(
                        () -> shown("radstream_freshness_newest_arrival_timestamp_seconds"))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join());
            return metric("run", 9 + index, 1, 9_000, 9_000, 9_000);
          }

          @Override
          public int size() {
            return 2;
          }
        });

    assertThat(shown).containsExactly(Double.NaN, Double.NaN);
    assertThat(shown("radstream_freshness_newest_arrival_timestamp_seconds")).isEqualTo(9_000);
  }

  private void live(long step, long second) {
    now = Instant.ofEpochSecond(second);
    known.add(announced(step, now));
    freshness.live(Optional.of(new ModelIdentity("c" + step, "line", step, now)), known);
  }

  private static KnownCheckpoint announced(long step, Instant at) {
    return new KnownCheckpoint(
        "c" + step,
        "line",
        "run",
        step,
        Optional.empty(),
        at,
        Map.of(),
        0,
        new KnownCheckpoint.State.Known(),
        Optional.empty(),
        Optional.empty());
  }

  private static TrainingMetric metric(
      String run, long step, double count, double oldest, double mean, double newest) {
    return TrainingMetric.newBuilder()
        .setRunId(run)
        .setLine("line")
        .setStep(step)
        .setTime(Instant.EPOCH)
        .setAlarms(List.of())
        .setValues(
            Map.of(
                "first_read_studies", count,
                "first_read_oldest_arrival", oldest,
                "first_read_mean_arrival", mean,
                "first_read_newest_arrival", newest))
        .build();
  }

  /** As it is scraped. */
  private double shown(String name) {
    return meters
        .scrape()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
