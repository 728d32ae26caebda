package io.radstream.serving.fleet;

import java.util.Locale;
import java.util.Map;

/** What is to become of a checkpoint. */
public sealed interface Verdict {

  /** Why, for people; holds no patient data. */
  String reason();

  /** What it was judged by, beyond what was announced with the checkpoint. */
  default Map<String, Double> figures() {
    return Map.of();
  }

  /** Its name in answers: promote, hold, canary, shadow, refuse or rollback. */
  default String name() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Becomes live. What else was on trial is over. */
  record Promote(String reason) implements Verdict {}

  /** Stays loaded, and waits. */
  record Hold(String reason) implements Verdict {}

  /**
   * Answers for some studies, always the same ones.
   *
   * @param share of the studies, above 0 and at most 1
   */
  record Canary(double share, String reason) implements Verdict {

    public Canary {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "a canary's share is above 0 and at most 1, not " + share);
      }
    }
  }

  /** Scores what others answer, and is not heard. */
  record Shadow(String reason) implements Verdict {}

  /** Must not become live. */
  record Refuse(String reason) implements Verdict {}

  /**
   * The live one is bad: the one before it answers again. The checkpoint that was judged waits, as
   * with {@link Hold}.
   */
  record RollBack(String reason) implements Verdict {}
}
