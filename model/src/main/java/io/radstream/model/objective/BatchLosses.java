package io.radstream.model.objective;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Losses of a batch.
 *
 * @param byObjective by name, in the order in which the objectives are listed
 * @param total what is minimised: the weighted sum
 */
public record BatchLosses(Map<String, Double> byObjective, double total) {

  public BatchLosses {
    byObjective = Collections.unmodifiableMap(new LinkedHashMap<>(byObjective));
  }

  /** Summed up in the order of the objectives, so that the same losses give the same bits. */
  public static BatchLosses of(Map<String, Double> byObjective, List<Objective> objectives) {
    double total = 0;
    for (Objective objective : objectives) {
      total += objective.weight() * byObjective.get(objective.name());
    }
    return new BatchLosses(byObjective, total);
  }

  /** Empty where it is no objective. */
  public Optional<Double> of(String objective) {
    return Optional.ofNullable(byObjective.get(objective));
  }
}
