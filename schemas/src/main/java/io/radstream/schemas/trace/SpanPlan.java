package io.radstream.schemas.trace;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is decided of a span before it begins. Its ids follow from what it is about, so that whoever
 * does the same again, after a crash or in a replay, gives it the same ones, and headers are the
 * same bytes.
 *
 * @param traceId 32 hexadecimal digits; of no effect where the span has a parent
 * @param spanId 16 hexadecimal digits
 * @param keeping who decides whether the span is sent
 */
public record SpanPlan(String traceId, String spanId, Keeping keeping) {

  /** Who decides whether a span is sent. */
  public enum Keeping {
    /** Its parent or, where it has none, the share that was asked for, by its trace id. */
    SHARE,
    /** Those that it is linked to: it is sent where any of them is. */
    LINKED,
    /** It is sent. */
    ALWAYS
  }

  private static final ContextKey<SpanPlan> KEY = ContextKey.named("radstream-span");
  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;

  /**
   * In the trace of a study: the first half of the SHA-256 of {@code radstream study} and its id,
   * with a space between. All that is done with the study is in it, whoever does it.
   *
   * @param studyId its pseudonym
   * @param span what tells the span from all others
   */
  public static SpanPlan ofStudy(String studyId, String... span) {
    return of(traceOf("study", studyId), Keeping.SHARE, span);
  }

  /**
   * @param traceId as {@link #traceOf} makes it
   * @param span what tells the span from all others
   */
  public static SpanPlan of(String traceId, Keeping keeping, String... span) {
    return new SpanPlan(traceId, hex(String.join("\0", span), SPAN_BYTES), keeping);
  }

  /** A trace about something that has a name. */
  public static String traceOf(String kind, String name) {
    return hex("radstream " + kind + " " + name, TRACE_BYTES);
  }

  /** That of the span which is begun on this thread just now. For who makes ids and samples. */
  public static Optional<SpanPlan> current() {
    return Optional.ofNullable(Context.current().get(KEY));
  }

  <T> T during(Supplier<T> beginning) {
    return Context.root().with(KEY, this).wrapSupplier(beginning).get();
  }

  private static String hex(String text, int bytes) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
