package io.radstream.serving.fleet;

import java.util.Locale;

/** What a loaded model is for. */
public enum Role {
  /** Answers. */
  LIVE,
  /** Ready to become live, and waits for that. */
  CANDIDATE,
  /** Answers for a share of the studies. */
  CANARY,
  /** Scores what others answer, and is not heard. */
  SHADOW,
  /** Was live before the live one, and can be so again at once. */
  PREVIOUS;

  /** Its name in requests and answers. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
