package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of the options of traces is refused, before anything is published. */
class TraceOptionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--traces=collector:4317 | an http:// or https:// address is needed",
        "--traces=ftp://collector | an http:// or https:// address is needed",
        "--traces=http:/// | an http:// or https:// address is needed",
        "--traces=http://a b | an http:// or https:// address is needed",
        "--traces=http://user:secret@collector | OTEL_EXPORTER_OTLP_HEADERS",
        "--trace-share=1.5 | it must be 0 to 1",
        "--trace-share=-1 | it must be 0 to 1",
        "--trace-share=NaN | it must be 0 to 1",
      })
  void shouldSayWhatToGive(String option, String said) {
    Invocation invocation =
        Invocation.of(
            "publish", "synthetic", "--bootstrap=unused:1", "--registry=http://unused:1", option);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains(said).doesNotContain("secret");
  }
}
