package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.radstream.schemas.trace.SpanCounts;
import io.radstream.schemas.trace.TraceFields;
import io.radstream.schemas.trace.TraceHeader;
import io.radstream.schemas.trace.Tracing;
import io.radstream.serving.access.Access;
import io.radstream.serving.access.ApiKeyFile;
import io.radstream.serving.access.Identification;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spans of requests, and whose context they are begun in. */
@Timeout(60) // a hang must fail, not stall the build
class RequestSpansTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLER = "00-" + TRACE + "-b7ad6b7169203331-01";

  /** What a scoring request is answered here that was let in. */
  private static final long NO_MODEL = 503;

  @TempDir private Path folder;

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final Tracing tracing =
      Tracing.by(
          SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build(),
          SpanCounts.NONE);

  private static HttpRequest.Builder score(RunningApi api) {
    return api.request("/v1/score")
        .header("Content-Type", "application/json")
        .header(TraceHeader.NAME, CALLER)
        .POST(BodyPublishers.ofString("{}"));
  }

  /** The client may have its answer before it is told of. */
  private SpanData told() {
    while (spans.getFinishedSpanItems().isEmpty()) {
      Moment.pass();
    }
    assertThat(spans.getFinishedSpanItems()).hasSize(1);
    return spans.getFinishedSpanItems().get(0);
  }

  @Test
  void shouldBeginInTheCallersSpanWhereEverybodyMayAsk() {
    try (RunningApi api = ApiSetup.in(folder).tracing(tracing).start()) {
      api.send(score(api).build());

      SpanData span = told();
      assertThat(span.getParentSpanContext().getTraceId()).isEqualTo(TRACE);
      assertThat(span.getName()).isEqualTo("POST /v1/score");
      assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
      assertThat(span.getAttributes().get(TraceFields.STATUS)).isEqualTo(NO_MODEL);
      assertThat(span.getAttributes().get(TraceFields.ROUTE)).isEqualTo("/v1/score");
    }
  }

  @Test
  void shouldBelieveTheContextOfThoseAloneWhoAreKnown() throws Exception {
    ApiKeyFile keys = new ApiKeyFile(folder.resolve("keys.yaml"));
    String key = keys.add("viewer", Set.of(Access.SCORE));
    Identification known = new Identification(Optional.of(keys.path()), Optional.empty(), false);
    try (RunningApi api =
        ApiSetup.in(folder)
            .access(RunningApi.OPEN.withIdentification(known))
            .tracing(tracing)
            .start()) {
      api.send(score(api).header("Authorization", "Bearer " + key).build());
      SpanData believed = told();
      spans.reset();
      api.send(score(api).header("Authorization", "Bearer " + key + "x").build());
      SpanData stranger = told();

      assertThat(believed.getParentSpanContext().getTraceId()).isEqualTo(TRACE);
      assertThat(stranger.getParentSpanContext()).isEqualTo(SpanContext.getInvalid());
      assertThat(stranger.getAttributes().get(TraceFields.STATUS)).isEqualTo(401);
      assertThat(stranger.getAttributes().asMap().toString()).doesNotContain("viewer", key);
    }
  }

  @Test
  void shouldTellOfNothingThatOnlyReads() {
    try (RunningApi api = ApiSetup.in(folder).tracing(tracing).start()) {
      api.get("/v1/models");
      api.get("/metrics");
      api.send(score(api).build());

      assertThat(told().getName()).isEqualTo("POST /v1/score");
    }
  }
}
