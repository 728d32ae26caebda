package io.radstream.serving.fleet;

import java.util.Locale;
import java.util.Map;

/** What is to become of a checkpoint. */
public sealed interface Verdict {

  /** Why, for people; holds no patient data. */
  String reason();

  /** What was measured, by name; empty where nothing was. Finite numbers. */
  default Map<String, Double> figures() {
    return Map.of();
  }

  /** Its name in answers: promote, hold, canary, shadow, refuse or rollback. */
  default String name() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Becomes live. What else was on trial is over. */
  record Promote(String reason, Map<String, Double> figures) implements Verdict {

    public Promote {
      figures = Map.copyOf(figures);
    }

    /** Without figures. */
    public Promote(String reason) {
      this(reason, Map.of());
    }
  }

  /** Stays loaded, and waits. */
  record Hold(String reason, Map<String, Double> figures) implements Verdict {

    public Hold {
      figures = Map.copyOf(figures);
    }

    /** Without figures. */
    public Hold(String reason) {
      this(reason, Map.of());
    }
  }

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
  record Refuse(String reason, Map<String, Double> figures) implements Verdict {

    public Refuse {
      figures = Map.copyOf(figures);
    }

    /** Without figures. */
    public Refuse(String reason) {
      this(reason, Map.of());
    }
  }

  /**
   * The live one is bad: the one before it answers again. The checkpoint that was judged waits, as
   * with {@link Hold}.
   */
  record RollBack(String reason, Map<String, Double> figures) implements Verdict {

    public RollBack {
      figures = Map.copyOf(figures);
    }

    /** Without figures. */
    public RollBack(String reason) {
      this(reason, Map.of());
    }
  }
}
