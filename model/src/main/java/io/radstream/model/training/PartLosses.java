package io.radstream.model.training;

import io.radstream.model.objective.BatchLosses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Losses of a batch, as its parts find them. */
final class PartLosses {

  private final Goals goals;
  private final Map<String, List<Double>> found = new HashMap<>();

  PartLosses(Goals goals) {
    this.goals = goals;
  }

  /**
   * @param name of the objective
   */
  void add(String name, double share) {
    found.computeIfAbsent(name, any -> new ArrayList<>()).add(share);
  }

  /** Of the whole batch, whatever parts found. */
  void put(String name, double loss) {
    found.put(name, new ArrayList<>(List.of(loss)));
  }

  /**
   * Adds a part's.
   *
   * @param losses of the objectives across the batch, if there are any, then of those over studies
   */
  void add(List<Double> losses) {
    int across = losses.size() - goals.perStudy().size();
    for (int i = 0; i < across; i++) {
      put(goals.acrossBatch().get(i).objective().name(), losses.get(i));
    }
    for (int i = 0; i < goals.perStudy().size(); i++) {
      add(goals.perStudy().get(i).objective().name(), losses.get(across + i));
    }
  }

  /** Those over studies are added up over parts and shares of the batch in their order. */
  BatchLosses total(Exchange exchange) {
    Map<String, Double> losses = new LinkedHashMap<>();
    goals.objectives().forEach(objective -> losses.put(objective.name(), 0.0));
    goals
        .acrossBatch()
        .forEach(goal -> losses.compute(goal.objective().name(), (name, none) -> whole(name)));
    goals
        .perStudy()
        .forEach(
            goal ->
                losses.compute(goal.objective().name(), (name, none) -> exchange.sum(parts(name))));
    return BatchLosses.of(losses, goals.objectives());
  }

  private double whole(String name) {
    return found.get(name).get(0);
  }

  private double[] parts(String name) {
    return found.get(name).stream().mapToDouble(share -> share).toArray();
  }
}
