package io.radstream.cli.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.radstream.schemas.trace.SpanPlan;
import io.radstream.schemas.trace.SpanPlan.Keeping;
import io.radstream.schemas.trace.Tracing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spans to a real collector, to one that is slow, and to none. */
@Timeout(120) // a hang must fail, not stall the build
class TraceExportTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901234Z");

  /** Room for spans that wait. */
  private static final int MOST = 2048;

  private static TraceExport to(URI collector, double share) {
    return TraceExport.to(collector, share, "radstream-test", () -> NOW);
  }

  private static Span study(Tracing tracing, int study, SpanContext parent) {
    return tracing.begin(
        "publish", SpanPlan.ofStudy("study-" + study, "publish"), parent, builder -> {});
  }

  private static void end(Tracing tracing, int studies) {
    IntStream.range(0, studies)
        .forEach(study -> study(tracing, study, SpanContext.getInvalid()).end());
  }

  @Test
  void shouldSendSpansAsTheyWerePlanned() {
    try (SpanCollector collector = SpanCollector.open()) {
      SpanContext sent;
      try (TraceExport export = to(URI.create(collector.address() + "/"), 1)) {
        Span span = study(export.tracing(), 7, SpanContext.getInvalid());
        span.end();
        sent = span.getSpanContext();
      }

      List<io.opentelemetry.proto.trace.v1.Span> spans = collector.spans();

      assertThat(spans).hasSize(1);
      SpanPlan plan = SpanPlan.ofStudy("study-7", "publish");
      assertThat(SpanCollector.hex(spans.get(0).getTraceId()))
          .isEqualTo(plan.traceId())
          .isEqualTo(sent.getTraceId());
      assertThat(SpanCollector.hex(spans.get(0).getSpanId())).isEqualTo(plan.spanId());
      assertThat(spans.get(0).getStartTimeUnixNano())
          .isEqualTo(NOW.getEpochSecond() * 1_000_000_000 + NOW.getNano());
      assertThat(collector.services()).containsOnly("radstream-test");
    }
  }

  @Test
  void shouldLoseWhatASlowCollectorLeavesNoRoomForAndCountIt() {
    try (SpanCollector collector = SpanCollector.silent()) {
      TraceExport export = to(collector.address(), 1);

      end(export.tracing(), MOST + 500);

      assertThat(export.tracing().counts().lost()).isEqualTo(500);
      collector.answer();
      export.close();
      assertThat(export.tracing().counts().sent()).isEqualTo(MOST);
      assertThat(collector.spans()).hasSize(MOST);
    }
  }

  @Test
  void shouldGoOnAndCountWhereThereIsNoCollector() throws IOException {
    URI nobody;
    try (ServerSocket closedSoon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + closedSoon.getLocalPort());
    }
    TraceExport export = to(nobody, 1);

    end(export.tracing(), 10);
    export.close();

    assertThat(export.tracing().counts().sent()).isZero();
    assertThat(export.tracing().counts().lost()).isEqualTo(10);
  }

  @Test
  void shouldKeepTheSameStudiesInEveryProcessAndAllThatIsDoneWithThem() {
    List<TreeSet<Integer>> kept = new ArrayList<>();
    try (SpanCollector collector = SpanCollector.open();
        TraceExport one = to(collector.address(), 0.25);
        TraceExport other = to(collector.address(), 0.25);
        TraceExport all = to(collector.address(), 1)) {
      for (TraceExport export : List.of(one, other)) {
        TreeSet<Integer> sampled = new TreeSet<>();
        for (int study = 0; study < 1_000; study++) {
          Span published = study(export.tracing(), study, SpanContext.getInvalid());
          Span next = study(all.tracing(), study, published.getSpanContext());
          assertThat(next.getSpanContext().isSampled())
              .isEqualTo(published.getSpanContext().isSampled());
          if (published.getSpanContext().isSampled()) {
            sampled.add(study);
          }
        }
        kept.add(sampled);
      }
    }

    assertThat(kept.get(0)).isEqualTo(kept.get(1)).hasSizeBetween(200, 300);
  }

  @Test
  void shouldKeepWhatIsLinkedToAKeptSpanAndWhatIsAlwaysKept() {
    try (SpanCollector collector = SpanCollector.open();
        TraceExport export = to(collector.address(), 0);
        TraceExport all = to(collector.address(), 1)) {
      SpanContext dropped = study(export.tracing(), 1, SpanContext.getInvalid()).getSpanContext();
      SpanContext kept = study(all.tracing(), 1, SpanContext.getInvalid()).getSpanContext();

      assertThat(linked(export.tracing(), dropped).isSampled()).isFalse();
      assertThat(linked(export.tracing(), dropped, kept).isSampled()).isTrue();
      assertThat(begin(export.tracing(), Keeping.ALWAYS).isSampled()).isTrue();
    }
  }

  private static SpanContext linked(Tracing tracing, SpanContext... links) {
    return begin(tracing, Keeping.LINKED, links);
  }

  private static SpanContext begin(Tracing tracing, Keeping keeping, SpanContext... links) {
    SpanPlan plan = SpanPlan.of(SpanPlan.traceOf("train", "1"), keeping, "step");
    return tracing
        .begin(
            "step",
            plan,
            SpanContext.getInvalid(),
            builder -> List.of(links).forEach(builder::addLink))
        .getSpanContext();
  }

  @Test
  void shouldMakeNothingWhereNobodyAsked() {
    try (TraceExport export = TraceExport.off()) {
      Span span = study(export.tracing(), 1, SpanContext.getInvalid());

      assertThat(export.tracing().isOn()).isFalse();
      assertThat(span.getSpanContext().isValid()).isFalse();
      assertThat(span.isRecording()).isFalse();
    }
  }

  @Test
  void shouldSayWhatOfTheEnvironmentCannotBeUsed() {
    System.setProperty("otel.bsp.max.queue.size", "many");
    try {
      assertThatThrownBy(() -> to(URI.create("http://127.0.0.1:1"), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("otel.bsp.max.queue.size");
    } finally {
      System.clearProperty("otel.bsp.max.queue.size");
    }
  }
}
