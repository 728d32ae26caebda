package io.radstream.serving.write;

import io.radstream.radiology.study.StudyViews;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A report that somebody waits for. Each is itself alone.
 *
 * @param model of the caller's choice
 * @param pieces takes the next piece of the text
 * @param since when it was asked for, by the monotonic clock, in nanoseconds
 * @param answer done where nobody waits any more
 */
record AskedReport(
    Optional<String> model,
    Supplier<StudyViews> views,
    ReportQuestion question,
    Consumer<String> pieces,
    long since,
    CompletableFuture<WrittenReport> answer) {

  boolean isOver() {
    return answer.isDone();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
