package io.radstream.schemas.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceHeaderTest {

  private static final SpanPlan PLAN = SpanPlan.ofStudy("study", "publish");
  private static final SpanContext SPAN =
      SpanContext.create(
          PLAN.traceId(), PLAN.spanId(), TraceFlags.getSampled(), TraceState.getDefault());

  @Test
  void shouldReadWhatItWrote() {
    Headers headers = new RecordHeaders();

    TraceHeader.write(headers, SPAN);

    SpanContext read = TraceHeader.read(headers);
    assertThat(read.getTraceId()).isEqualTo(PLAN.traceId());
    assertThat(read.getSpanId()).isEqualTo(PLAN.spanId());
    assertThat(read.isSampled()).isTrue();
    assertThat(read.isRemote()).isTrue();
    assertThat(headers.lastHeader(TraceHeader.NAME).value())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("00-" + PLAN.traceId() + "-" + PLAN.spanId() + "-01");
  }

  @Test
  void shouldReplaceWhatIsThereAndWriteNoContextThatIsNone() {
    Headers headers = new RecordHeaders().add(TraceHeader.NAME, new byte[1]);
    Headers none = new RecordHeaders();

    TraceHeader.write(headers, SPAN);
    TraceHeader.write(none, SpanContext.getInvalid());

    assertThat(headers.headers(TraceHeader.NAME)).hasSize(1);
    assertThat(none).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "00-00000000000000000000000000000000-0000000000000000-01",
        "00-0123456789abcdef0123456789abcdeg-0123456789abcdef-01",
        "ff-0123456789abcdef0123456789abcdef-0123456789abcdef-01",
        "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01-more",
      })
  void shouldTakeAnythingElseForNoContext(String text) {
    Headers headers =
        new RecordHeaders().add(TraceHeader.NAME, text.getBytes(StandardCharsets.UTF_8));

    assertThat(TraceHeader.read(headers).isValid()).isFalse();
    assertThat(TraceHeader.read(text).isValid()).isFalse();
    assertThat(TraceHeader.read(new RecordHeaders().add(TraceHeader.NAME, null)).isValid())
        .isFalse();
  }

  @Test
  void shouldMakeIdsOfWhatASpanIsAboutAndOfNothingElse() {
    assertThat(SpanPlan.ofStudy("study", "publish")).isEqualTo(PLAN);
    assertThat(SpanPlan.ofStudy("study", "tuple").traceId()).isEqualTo(PLAN.traceId());
    assertThat(SpanPlan.ofStudy("study", "tuple").spanId()).isNotEqualTo(PLAN.spanId());
    assertThat(SpanPlan.ofStudy("other", "publish").traceId()).isNotEqualTo(PLAN.traceId());
    assertThat(SpanPlan.current()).isEmpty();
  }
}
