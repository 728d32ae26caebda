package io.radstream.results.delivery;

/** Where a destination begins that was never delivered to. */
public enum Begin {
  /** With scores that come from now on. */
  NOW,
  /** With the oldest score that the topic holds. */
  FIRST
}
