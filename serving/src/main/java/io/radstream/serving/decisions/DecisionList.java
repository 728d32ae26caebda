package io.radstream.serving.decisions;

import io.radstream.serving.decisions.DecisionLog.Entry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest decisions, the newest first. For one thread at a time. */
final class DecisionList {

  private static final int REMEMBERED = 1_000;

  private final Deque<Entry> entries = new ArrayDeque<>();

  /** One that was carried out here before it was recorded is listed once. */
  void add(Entry entry) {
    entries.removeIf(listed -> listed.decision().id().equals(entry.decision().id()));
    entries.addFirst(entry);
    if (entries.size() > REMEMBERED) {
      entries.removeLast();
    }
  }

  List<Entry> newest(int most) {
    return entries.stream().limit(most).toList();
  }
}
