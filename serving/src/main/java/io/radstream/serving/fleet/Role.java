package io.radstream.serving.fleet;

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
  PREVIOUS
}
