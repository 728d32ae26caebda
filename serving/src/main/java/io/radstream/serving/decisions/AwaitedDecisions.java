package io.radstream.serving.decisions;

import io.radstream.serving.decisions.DecisionLog.Entry;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Decisions that somebody here waits for until they come back from the log. Thread-safe. */
final class AwaitedDecisions {

  private final Map<String, CompletableFuture<Entry>> byId = new ConcurrentHashMap<>();

  /** Ends when the decision has come back; forgotten by whoever waits no longer. */
  CompletableFuture<Entry> await(Decision decision) {
    CompletableFuture<Entry> result = new CompletableFuture<>();
    byId.put(decision.id(), result);
    return result;
  }

  void forget(Decision decision) {
    byId.remove(decision.id());
  }

  void arrived(Entry entry) {
    CompletableFuture<Entry> waiting = byId.get(entry.decision().id());
    if (waiting != null) {
      waiting.complete(entry);
    }
  }
}
