package io.radstream.trainer.traits;

import java.util.List;

/**
 * Which studies a counterfactual leaves out: those that answer to all conditions.
 *
 * @param conditions at least one
 */
public record Exclusion(List<Condition> conditions) {

  public Exclusion {
    conditions = List.copyOf(conditions);
    if (conditions.isEmpty()) {
      throw new IllegalArgumentException("nothing would be meant");
    }
  }

  /** Whether records have to be read to know. */
  public boolean needsTraits() {
    return conditions.stream().anyMatch(Condition::needsTraits);
  }

  /**
   * @param step that reads the study
   * @param traits of the study; not looked at where nothing needs them
   */
  public boolean matches(long step, StudyPlace place, StudyTraits traits) {
    return conditions.stream().allMatch(condition -> condition.matches(step, place, traits));
  }

  /** As it is written on a command line. */
  @Override
  public String toString() {
    return String.join(",", conditions.stream().map(Condition::toString).toList());
  }
}
