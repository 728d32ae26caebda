package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.Footprint;
import io.radstream.model.ModelPreset;
import io.radstream.model.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the figures hang together; how good they are is no test's business. */
class BenchCommandTest {

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "BFLOAT16"})
  void shouldMeasureTheStepBesideTheFastestProduct(Precision precision) throws Exception {
    Invocation invocation =
        Invocation.of(
            "bench",
            "train",
            "--json",
            "--preset=tiny",
            "--precision=" + precision,
            "--vocabulary=100",
            "--batch=2",
            "--steps=2",
            "--threads=1");

    assertThat(invocation.exitCode()).describedAs(invocation.err()).isEqualTo(Radstream.DONE);
    List<String> lines = invocation.out().lines().toList();
    JsonNode report = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(report.get("flops_per_study").asLong())
        .isEqualTo(Footprint.of(ModelPreset.TINY.config(100)).trainingFlops());
    double seconds = report.get("seconds_per_step").asDouble();
    assertThat(seconds).isPositive();
    assertThat(report.get("studies_per_second").asDouble() * seconds).isCloseTo(2, within(1e-9));
    assertThat(report.get("utilisation").asDouble())
        .isCloseTo(
            report.get("gflops_per_second").asDouble()
                / report.get("ceiling_gflops_per_second").asDouble(),
            within(1e-9));
    assertThat(report.get("seconds_by_phase"))
        .hasSize(3)
        .allSatisfy(phase -> assertThat(phase.asDouble()).isPositive());
  }

  @Test
  void shouldSayWhatIsOutOfRange() {
    Invocation invocation = Invocation.of("bench", "train", "--batch=0");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--batch: at least 1, not 0");
  }
}
