package io.radstream.cli;

import io.radstream.trainer.figures.RecordedFigures;
import io.radstream.trainer.replay.ReplayListener;
import io.radstream.trainer.replay.ReplayedNetwork;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Measures a replay where the run was measured, and shows both. */
final class ReplayedFigures implements ReplayListener {

  private static final List<String> TOLD = List.of("validation_loss", "validation_auc");

  /** At one step. */
  private record Compared(long step, Map<String, Double> before, Map<String, Double> again) {}

  private final PrintWriter err;
  private final NavigableMap<Long, Map<String, Double>> before;
  private final List<Compared> compared = new ArrayList<>();

  ReplayedFigures(PrintWriter err, Optional<RecordedFigures> recorded) {
    this.err = err;
    this.before = recorded.map(RecordedFigures::validations).orElseGet(TreeMap::new);
  }

  @Override
  public boolean examines(long step) {
    return before.containsKey(step);
  }

  @Override
  public void examine(long step, ReplayedNetwork network) {
    Compared at = new Compared(step, before.get(step), network.figures());
    compared.add(at);
    at.before().forEach((name, was) -> tell(at, name, was));
    err.flush();
  }

  private void tell(Compared at, String name, double was) {
    if (TOLD.stream().anyMatch(name::startsWith) && at.again().containsKey(name)) {
      err.printf("  step %d: %s %.6f, was %.6f%n", at.step(), name, at.again().get(name), was);
    }
  }

  /** One for each step. */
  List<Map<String, Object>> values() {
    return compared.stream()
        .map(
            at ->
                Map.<String, Object>of(
                    "step", at.step(), "before", at.before(), "again", at.again()))
        .toList();
  }
}
