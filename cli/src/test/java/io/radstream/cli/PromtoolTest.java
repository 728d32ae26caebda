package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is under docker/monitoring, by the judgement of Prometheus' own tool. */
class PromtoolTest {

  private final Optional<Promtool> promtool = Promtool.installed();

  @BeforeEach
  void requirePromtool() {
    assumeTrue(promtool.isPresent(), Promtool.ABSENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check config prometheus.yml",
        "check rules rules.yml",
        "test rules rules.test.yml"
      })
  void shouldHaveAlertsThatDoWhatTheyAreFor(String words) throws Exception {
    Promtool.Verdict verdict = promtool.orElseThrow().run("", words.split(" "));

    assertThat(verdict.exitCode()).as(verdict.said()).isZero();
  }

  /** Without it, a tool that takes anything would do. */
  @Test
  void shouldTellMetricsThatPrometheusWouldNotLike() throws Exception {
    Promtool.Verdict verdict =
        promtool.orElseThrow().run("# TYPE seen counter\nseen 1\n", "check", "metrics");

    assertThat(verdict.exitCode()).isNotZero();
    assertThat(verdict.said()).contains("_total");
  }
}
