package io.radstream.serving.score;

import java.util.OptionalLong;

/**
 * On what terms a study is asked for.
 *
 * @param bytes of its encoded views
 * @param deadline by the meters' monotonic clock, in nanoseconds; empty for no end
 */
public record Terms(long bytes, OptionalLong deadline) {

  /** Nothing is held, and any time will do. */
  public static final Terms NONE = new Terms(0, OptionalLong.empty());
}
