package io.radstream.results.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.results.destination.Result;
import io.radstream.results.destination.ResultId;
import io.radstream.results.destination.Results;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class ResultMapsTest {

  private static Result result(String study, Map<String, Double> probabilities) {
    return new Result(
        new ResultId(study, 1, "line-1"),
        Instant.parse("2026-03-04T05:06:07Z"),
        probabilities,
        Results.STUDY);
  }

  @Test
  void shouldAskForTheLikeliestFindings() {
    DrawnMaps source = new DrawnMaps();
    ResultMaps maps = new ResultMaps(source, new MapChoice(0.5, 3));

    maps.of(result("one", Map.of("a", 0.5, "b", 0.9, "c", 0.7, "d", 0.7, "e", 0.49)));
    List<MapPicture> none = maps.of(result("two", Map.of("a", 0.49)));

    assertThat(source.asked()).containsExactly(List.of("b", "c", "d"));
    assertThat(none).isEmpty();
    assertThat(maps.drawn()).isEqualTo(6);
    assertThat(maps.without()).isZero();
  }

  @Test
  void shouldDrawNothingAgainWhileAReceiverIsWaitedFor() {
    DrawnMaps source = new DrawnMaps();
    ResultMaps maps = new ResultMaps(source, new MapChoice(0, 1));
    Result result = result("one", Map.of("a", 0.5));

    List<MapPicture> first = maps.of(result);
    List<MapPicture> again = maps.of(result);

    assertThat(again).isSameAs(first);
    assertThat(source.asked()).hasSize(1);
  }

  @Test
  void shouldCountResultsThatHaveNoPictures() {
    ResultMaps maps =
        new ResultMaps(
            (result, findings) -> new MapPictures.Drawn.None("its views are gone"),
            new MapChoice(0, 1));

    List<MapPicture> none = maps.of(result("one", Map.of("a", 0.5)));
    maps.of(result("two", Map.of("a", 0.5)));

    assertThat(none).isEmpty();
    assertThat(maps.without()).isEqualTo(2);
    assertThat(maps.drawn()).isZero();
  }

  @Test
  void shouldLoseNoReportWhereDrawingFails() {
    ResultMaps maps =
        new ResultMaps(
            (result, findings) -> {
              throw new IllegalStateException("of PAT-7");
            },
            new MapChoice(0, 1));

    assertThat(maps.of(result("one", Map.of("a", 0.5)))).isEmpty();
    assertThat(maps.without()).isOne();
  }

  @Test
  void shouldWaitWhereThatCannotBeToldNow() {
    ResultMaps maps =
        new ResultMaps(
            (result, findings) -> {
              throw new TimeoutException("the cluster is away");
            },
            new MapChoice(0, 1));

    assertThatThrownBy(() -> maps.of(result("one", Map.of("a", 0.5))))
        .isInstanceOf(RetriableException.class);
    assertThat(maps.without()).isZero();
  }

  @Test
  void shouldRefuseThresholdsThatAreNone() {
    for (double least : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new MapChoice(least, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
