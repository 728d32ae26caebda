package io.radstream.schemas.trace;

/** What became of the spans that were made. */
public interface SpanCounts {

  /** None were made. */
  SpanCounts NONE =
      new SpanCounts() {
        @Override
        public long sent() {
          return 0;
        }

        @Override
        public long lost() {
          return 0;
        }
      };

  /** Spans that the collector has taken. */
  long sent();

  /** Spans that it has not, or that there was no room for until it would. */
  long lost();
}
