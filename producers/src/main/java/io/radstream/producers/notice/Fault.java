package io.radstream.producers.notice;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * An unexpected error as a log may tell it: what it is and where it happened, without its message,
 * which may quote what a patient's data say.
 *
 * @param type of the error
 * @param thrown where it was thrown; empty where that is not known
 * @param ours the place of our own that led there; empty where there is none, or it is the same
 */
public record Fault(String type, Optional<String> thrown, Optional<String> ours) {

  private static final String OURS = "io.radstream.";

  public static Fault of(Throwable error) {
    Optional<String> thrown = Stream.of(error.getStackTrace()).map(Fault::place).findFirst();
    Optional<String> ours =
        Stream.of(error.getStackTrace())
            .filter(each -> each.getClassName().startsWith(OURS))
            .map(Fault::place)
            .findFirst()
            .filter(place -> !Optional.of(place).equals(thrown));
    return new Fault(error.getClass().getName(), thrown, ours);
  }

  private static String place(StackTraceElement at) {
    return "%s.%s:%d".formatted(at.getClassName(), at.getMethodName(), at.getLineNumber());
  }

  /** As "java.lang.NumberFormatException at java.lang.Long.parseLong:7, by io.radstream.X.y:9". */
  @Override
  public String toString() {
    return type + thrown.map(" at "::concat).orElse("") + ours.map(", by "::concat).orElse("");
  }
}
