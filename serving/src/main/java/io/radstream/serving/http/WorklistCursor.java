package io.radstream.serving.http;

import io.radstream.radiology.Sha256;
import io.radstream.serving.worklist.Standing;
import io.radstream.serving.worklist.WorklistQuestion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in an order as text that goes into an address; it names no study. */
final class WorklistCursor {

  /**
   * The question's digest, the value's bits, the time's milliseconds, and what tells ties apart.
   */
  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{8})([0-9a-f]{16})([0-9a-f]{16})([0-9a-f]{16})");

  private static final int HEX = 16;
  private static final int DIGITS = 8;

  private WorklistCursor() {}

  static String write(Standing standing, WorklistQuestion question) {
    return "%s%016x%016x%s"
        .formatted(
            digest(question),
            Double.doubleToLongBits(standing.value()),
            standing.scoredAt().toEpochMilli(),
            standing.tie());
  }

  /**
   * @throws ProblemException where it is none, or belongs to another question
   */
  static Standing read(String cursor, WorklistQuestion question) {
    Matcher parts = FORM.matcher(cursor);
    if (!parts.matches() || !parts.group(1).equals(digest(question))) {
      throw new ProblemException(
          Problem.badRequest(
              "bad_question",
              "after is what the page before has as next, with the same order, finding, least and"
                  + " unread"));
    }
    return new Standing(
        Double.longBitsToDouble(Long.parseUnsignedLong(parts.group(2), HEX)),
        Instant.ofEpochMilli(Long.parseUnsignedLong(parts.group(3), HEX)),
        parts.group(4));
  }

  private static String digest(WorklistQuestion question) {
    String asked =
        "%s %s %s %s"
            .formatted(
                question.order(),
                question.least(),
                question.unread(),
                question.finding().orElse(""));
    return Sha256.of(asked.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
  }
}
