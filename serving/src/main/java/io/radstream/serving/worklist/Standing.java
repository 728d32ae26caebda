package io.radstream.serving.worklist;

import io.radstream.radiology.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;

/**
 * A place in an order: pages begin behind one, whatever has come or gone in between.
 *
 * @param value what the order goes by; the highest comes first
 * @param scoredAt the latest comes first
 * @param tie tells studies apart without naming them
 */
public record Standing(double value, Instant scoredAt, String tie) implements Comparable<Standing> {

  private static final Comparator<Standing> ORDER =
      Comparator.comparingDouble(Standing::value)
          .reversed()
          .thenComparing(Standing::scoredAt, Comparator.reverseOrder())
          .thenComparing(Standing::tie);

  /** Addresses hold places, and proxies write addresses down. */
  private static final int TIE_DIGITS = 16;

  static Standing of(double value, ListedStudy study) {
    String digest = Sha256.of(study.studyId().getBytes(StandardCharsets.UTF_8));
    return new Standing(value, study.scoredAt(), digest.substring(0, TIE_DIGITS));
  }

  @Override
  public int compareTo(Standing other) {
    return ORDER.compare(this, other);
  }
}
