package io.radstream.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.radstream.radiology.Sha256;
import io.radstream.schemas.Study;
import io.radstream.schemas.Topic;
import io.radstream.schemas.trace.SpanCounts;
import io.radstream.schemas.trace.SpanPlan;
import io.radstream.schemas.trace.TraceFields;
import io.radstream.schemas.trace.TraceHeader;
import io.radstream.schemas.trace.Tracing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans of what comes of studies, and the context that records of the stage carry. */
class StageSpansTest {

  private static final Study REPORT =
      Studies.reportOf("study", Studies.finalReport(Studies.REPORT));
  private static final Study VIEW = Studies.viewsOf("study", 1);

  @TempDir private Path folder;

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final Tracing tracing =
      Tracing.by(
          SdkTracerProvider.builder()
              .setIdGenerator(new Planned())
              .addSpanProcessor(SimpleSpanProcessor.create(spans))
              .build(),
          SpanCounts.NONE);

  private static final class Planned implements IdGenerator {

    @Override
    public String generateSpanId() {
      return SpanPlan.current().orElseThrow().spanId();
    }

    @Override
    public String generateTraceId() {
      return SpanPlan.current().orElseThrow().traceId();
    }
  }

  /** What came out, whatever went in. */
  private record Run(List<String> records, List<String> contexts) {}

  private Run run(Tracing stage, Tracing publisher, String place, long cacheBytes) {
    try (StageDriver driver =
        new StageDriver(
            Studies.CONNECTION, StageDriver.CONFIG, folder.resolve(place), cacheBytes, stage)) {
      publish(driver, publisher, VIEW, 1);
      publish(driver, publisher, REPORT, 2);
      publish(
          driver,
          publisher,
          Studies.reportOf("without views", Studies.finalReport(Studies.REPORT)),
          3);
      driver.silence(StageDriver.CONFIG.deadline().plus(Duration.ofMinutes(1)));
      List<TestRecord<byte[], byte[]>> sent =
          Stream.of(Topic.TUPLES_TRAIN, Topic.STUDIES_REJECTED)
              .flatMap(topic -> driver.records(topic).stream())
              .toList();
      return new Run(
          sent.stream()
              .map(it -> it.timestamp() + " " + Sha256.of(it.key()) + Sha256.of(it.value()))
              .toList(),
          sent.stream().map(it -> headers(it)).toList());
    }
  }

  private static String headers(TestRecord<byte[], byte[]> record) {
    return Stream.of(record.headers().toArray())
        .map(header -> header.key() + "=" + new String(header.value(), StandardCharsets.US_ASCII))
        .collect(Collectors.joining(" "));
  }

  private static void publish(StageDriver driver, Tracing publisher, Study part, double second) {
    RecordHeaders headers = new RecordHeaders();
    if (publisher.isOn()) {
      TraceHeader.write(
          headers,
          publisher
              .begin(
                  "publish",
                  SpanPlan.ofStudy(part.getStudyId(), "publish", Double.toString(second)),
                  SpanContext.getInvalid(),
                  builder -> {})
              .getSpanContext());
    }
    driver.publish(part.getStudyId(), Studies.bytes(part), headers, second);
  }

  @Test
  void shouldLinkATupleToAllItsPartsAndARejectionToItsRecord() {
    run(tracing, tracing, "state", Long.MAX_VALUE);

    SpanData tuple = named("tuple");
    SpanData rejection = named("reject");
    assertThat(tuple.getTraceId()).isEqualTo(SpanPlan.ofStudy("study").traceId());
    assertThat(tuple.getParentSpanId()).isEqualTo(published("study", 1).spanId());
    assertThat(tuple.getLinks().stream().map(LinkData::getSpanContext).map(SpanContext::getSpanId))
        .containsExactly(published("study", 1).spanId(), published("study", 2).spanId());
    assertThat(tuple.getAttributes().get(TraceFields.PARTS)).isEqualTo(2);
    assertThat(rejection.getParentSpanId()).isEqualTo(published("without views", 3).spanId());
    assertThat(rejection.getAttributes().get(TraceFields.REASON)).isEqualTo("NO_VIEW");
  }

  private static SpanPlan published(String study, double second) {
    return SpanPlan.ofStudy(study, "publish", Double.toString(second));
  }

  private SpanData named(String name) {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldWriteTheSameRecordsWithAndWithoutSpans() {
    Run with = run(tracing, tracing, "with", Long.MAX_VALUE);
    Run without = run(Tracing.off(), tracing, "without", Long.MAX_VALUE);

    assertThat(with.records()).hasSize(2).isEqualTo(without.records());
    assertThat(without.contexts()).containsOnly("");
  }

  @Test
  void shouldGiveTheSameRecordTheSameContextWhereverItsPartsAreReadFrom() {
    Run held = run(tracing, tracing, "held", Long.MAX_VALUE);
    Run readAgain = run(tracing, tracing, "read", 0);

    assertThat(held.contexts()).isEqualTo(readAgain.contexts()).doesNotHaveDuplicates();
    assertThat(held.contexts()).allMatch(header -> header.startsWith(TraceHeader.NAME + "=00-"));
  }

  @Test
  void shouldBeginATraceOfTheStudyWhereItsPublisherMadeNone() {
    run(tracing, Tracing.off(), "state", Long.MAX_VALUE);

    assertThat(named("tuple").getTraceId()).isEqualTo(SpanPlan.ofStudy("study").traceId());
    assertThat(named("tuple").getLinks()).isEmpty();
  }
}
