package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.measure.Footprint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** That the figures hang together; how good they are is no test's business. */
class BenchCommandTest {

  private static final long KIBIBYTE = 1024;
  private static final long IMAGES = 3 * 64 * 64 * Float.BYTES;

  private static JsonNode training;

  @BeforeAll
  static void train() throws Exception {
    training = train("EAGER");
  }

  private static JsonNode train(String program) throws Exception {
    return run(
        "train",
        "--batch=2",
        "--steps=3",
        "--report-tokens=20",
        "--set=compute.program=" + program);
  }

  /** What a step costs beside its arithmetic is counted, so that it cannot creep up unseen. */
  @Test
  void shouldNotCallCopyOrAllocateMoreForAStepThanItDid() {
    assertCosts(training, 740, 256);
  }

  /** Each operation, its arguments and what it gives are calls of their own. */
  @Test
  void shouldNotCallCopyOrAllocateMoreForAStepThatIsSpeltOutThanItDid() throws Exception {
    assertCosts(train("EXPLICIT"), 5_400, 1_280);
  }

  private static void assertCosts(JsonNode step, long calls, long kibibytes) {
    assertThat(step.get("engine_calls_per_step").asLong()).isBetween(100L, calls);
    assertThat(step.get("copied_bytes_per_study").asLong())
        .isBetween(IMAGES, IMAGES + 8 * KIBIBYTE);
    assertThat(step.get("heap_bytes_per_step").asLong()).isLessThan(kibibytes * KIBIBYTE);
  }

  @Test
  void shouldMeasureTheStepBesideTheFastestProduct() {

    assertThat(training.get("flops_per_study").asLong())
        .isEqualTo(Footprint.of(ModelPreset.TINY.config(100), 20, 20).trainingFlops());
    double seconds = training.get("seconds_per_step").asDouble();
    assertThat(seconds).isPositive();
    assertThat(training.get("studies_per_second").asDouble() * seconds).isCloseTo(2, within(1e-9));
    assertThat(training.get("utilisation").asDouble())
        .isCloseTo(
            training.get("gflops_per_second").asDouble()
                / training.get("ceiling_gflops_per_second").asDouble(),
            within(1e-9));
    JsonNode phases = training.get("seconds_by_phase");
    List<String> names = new ArrayList<>();
    phases.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactlyInAnyOrder(
            "fetch",
            "decode",
            "augment",
            "wait",
            "forward",
            "backward",
            "update",
            "ledger",
            "checkpoint");
    assertThat(phases).allSatisfy(phase -> assertThat(phase.asDouble()).isNotNegative());
    assertThat(phases.get("forward").asDouble() + phases.get("backward").asDouble())
        .isPositive()
        .isLessThan(seconds);
    assertThat(training.get("losses")).hasSize(3);
  }

  @Test
  void shouldMeasureWhatTwoProcessesGainOverOne() throws Exception {
    JsonNode measured =
        run(
            "train",
            "--world=2",
            "--batch=4",
            "--warm-up=1",
            "--steps=2",
            "--rounds=1",
            "--report-tokens=20");

    double alone = measured.get("alone_studies_per_second").asDouble();
    double together = measured.get("together_studies_per_second").asDouble();
    assertThat(measured.get("efficiency").asDouble())
        .isPositive()
        .isCloseTo(together / (2 * alone), within(1e-9));
    long gradient = Footprint.of(ModelPreset.TINY.config(100), 20, 20).parameters() * Float.BYTES;
    // Each of two sends half of what it has, and half of the sums.
    assertThat(Math.round(measured.get("exchanged_bytes_per_study").asDouble() * 8 / 2))
        .isEqualTo(gradient);
    assertThat(measured.get("exchange_share").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void shouldMeasureTheFeedOfEachTopicNoFasterThanThePace() throws Exception {
    JsonNode report =
        run(
            "feed",
            "--batch=4",
            "--studies=8,24",
            "--views=1,3",
            "--workers=2",
            "--view-side=64",
            "--take=12",
            "--pace=20");

    assertThat(report.get("network_studies_per_second").asDouble()).isPositive();
    assertThat(report.get("rows")).hasSize(4);
    assertThat(report.get("rows"))
        .extracting(row -> row.get("studies").asInt())
        .containsExactly(8, 24, 8, 24);
    assertThat(report.get("rows"))
        .allSatisfy(
            row -> {
              // The device is busy with the first two of three batches for two fifths of a second.
              assertThat(row.get("studies_per_second").asDouble())
                  .isPositive()
                  .isLessThanOrEqualTo(30);
              assertThat(row.get("decode_millis").asDouble()).isPositive();
              assertThat(row.get("core_millis").asDouble()).isPositive();
              assertThat(row.get("waited").asDouble()).isBetween(0.0, 1.0);
            });
  }

  @Test
  void shouldMeasureTheServiceBesideItsNetworkWithEachNumberOfClients() throws Exception {
    JsonNode report =
        run("serve", "--clients=1,3", "--views=1,3", "--side=64", "--rounds=1", "--time=1ms");

    assertThat(report.get("preparations"))
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.get("millis").asDouble()).isPositive());
    assertThat(report.get("rows"))
        .extracting(row -> row.get("views").asInt() + "x" + row.get("clients").asInt())
        .containsExactly("1x1", "1x3", "3x1", "3x3");
    assertThat(report.get("rows"))
        .allSatisfy(
            row -> {
              assertThat(row.get("mean_batch").asDouble())
                  .isBetween(1.0, row.get("clients").asDouble());
              assertThat(row.get("share").asDouble())
                  .isCloseTo(
                      row.get("requests_per_second").asDouble()
                          / row.get("bare_studies_per_second").asDouble(),
                      within(1e-9));
              assertThat(row.at("/millis/p50").asDouble())
                  .isPositive()
                  .isLessThanOrEqualTo(row.at("/millis/p99").asDouble());
            });
  }

  @Test
  void shouldSayWhatIsOutOfRange() {
    Invocation invocation = Invocation.of("bench", "train", "--batch=1");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--batch: at least 2, not 1");
    assertThat(Invocation.of("bench", "feed", "--pace=0").err())
        .contains("--pace: more than 0, not 0.0");
    assertThat(Invocation.of("bench", "ingest", "--studies=9").err())
        .contains("--studies: at least 100, not 9");
    assertThat(Invocation.of("bench", "serve", "--rounds=0").err())
        .contains("--rounds: at least 1, not 0");
    assertThat(Invocation.of("bench", "serve", "--max-batch=1025").err())
        .contains("--max-batch: a batch holds 1 to 1024 studies, not 1025");
    assertThat(Invocation.of("bench", "kernels", "--gpu=-1").err())
        .contains("--gpu: at least 0, not -1");
    assertThat(Invocation.of("bench", "replay", "--steps=3").err())
        .contains("--steps: at least 4, not 3");
  }

  private static JsonNode run(String command, String... options) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "bench", command, "--json", "--preset=tiny", "--vocabulary=100", "--threads=1"));
    words.addAll(List.of(options));
    Invocation invocation = Invocation.of(words.toArray(String[]::new));
    assertThat(invocation.exitCode()).describedAs(invocation.err()).isEqualTo(Radstream.DONE);
    List<String> lines = invocation.out().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }
}
