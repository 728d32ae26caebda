package io.radstream.serving.write;

import io.radstream.serving.score.ModelIdentity;
import java.time.Duration;
import java.util.Optional;

/**
 * A report that a network wrote.
 *
 * @param model that wrote it
 * @param studyId of the caller's own
 * @param text whole; it begins with the pieces that were given out, joined
 * @param tokens start and end token included
 * @param logProbability of all tokens but the first, natural logarithm
 * @param end why it ended
 * @param took from the question to the last token
 */
public record WrittenReport(
    ModelIdentity model,
    Optional<String> studyId,
    String text,
    int tokens,
    double logProbability,
    End end,
    Duration took) {

  /** Why a report ended. */
  public enum End {
    /** The network wrote its end. */
    END,
    /** It was cut: it has as many tokens as it may, or nothing might follow. */
    LENGTH
  }
}
