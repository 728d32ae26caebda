package io.radstream.cli.phi;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.radstream.cli.traces.TraceExport;
import io.radstream.schemas.trace.SpanPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpanFilesTest {

  @TempDir private Path folder;

  @Test
  void shouldKeepWhatACollectorWouldBeSent() throws Exception {
    try (SpanFiles files = SpanFiles.in(folder.resolve("spans"));
        TraceExport export = TraceExport.to(files.address(), 1, "a", InstantSource.system())) {
      export
          .tracing()
          .begin(
              "publish",
              SpanPlan.ofStudy("study"),
              SpanContext.getInvalid(),
              builder -> builder.setAttribute("told", "a canary"))
          .end();

      export.finish();

      assertThat(export.tracing().counts().sent()).isEqualTo(1);
    }
    try (Stream<Path> kept = Files.list(folder.resolve("spans"))) {
      List<Path> all = kept.toList();
      assertThat(all).hasSize(1);
      byte[] sent = Files.readAllBytes(all.get(0));
      assertThat(ExportTraceServiceRequest.parseFrom(sent).toString()).contains("a canary");
    }
  }
}
