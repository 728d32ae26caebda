package io.radstream.trainer.run;

import io.radstream.trainer.feed.SourcePosition;
import io.radstream.trainer.ledger.LedgerPosition;
import java.util.List;
import java.util.Map;

/**
 * How far a run has come.
 *
 * @param step that the network has behind it
 * @param ledger where that step stands
 * @param next where reading the sources goes on
 * @param figures of that step, by name
 */
record RunProgress(
    long step, LedgerPosition ledger, List<SourcePosition> next, Map<String, Double> figures) {

  RunProgress {
    next = List.copyOf(next);
    figures = Map.copyOf(figures);
  }
}
