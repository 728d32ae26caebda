package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.radstream.serving.checkpoint.Lineage;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a checkpoint grew out of, as JSON.
 *
 * @param runs the last first
 * @param before of which no more is told; null where the first run began with no checkpoint
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LineageAnswer(String checkpoint, List<RunAnswer> runs, String before) {

  /** A run, as far as it went into the checkpoint. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RunAnswer(
      String line,
      String runId,
      String checkpoint,
      long firstStep,
      long step,
      List<SpanAnswer> mayRead,
      int withdrawnStudies,
      Long firstWithdrawnAtStep) {

    static RunAnswer of(Lineage.Run run) {
      return new RunAnswer(
          run.line(),
          run.runId(),
          run.checkpoint(),
          run.firstStep(),
          run.step(),
          run.mayRead().stream().map(SpanAnswer::of).toList(),
          run.withdrawn(),
          boxed(run.firstWithdrawn()));
    }
  }

  /** Part of a topic. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SpanAnswer(String topic, int partition, Long begin, long end) {

    static SpanAnswer of(Lineage.Span span) {
      return new SpanAnswer(span.topic(), span.partition(), boxed(span.begin()), span.end());
    }
  }

  static LineageAnswer of(String checkpoint, Lineage lineage) {
    return new LineageAnswer(
        checkpoint,
        lineage.runs().stream().map(RunAnswer::of).toList(),
        lineage.before().orElse(null));
  }

  private static Long boxed(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }
}
