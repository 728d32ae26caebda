package io.radstream.trainer.labels;

import io.radstream.radiology.CounterRandom;
import io.radstream.trainer.config.LabelRules;

/**
 * Whose labels are learned from. A patient has a place from 0 to 1 that the draw decides, and is in
 * every share above it: so a larger share holds the smaller ones, and all studies of a patient are
 * in it or none is.
 */
public record LabelShare(double share, long draw) {

  /** Everybody's. */
  public static final LabelShare ALL = new LabelShare(1, 0);

  public static LabelShare of(LabelRules rules) {
    return new LabelShare(rules.share(), rules.draw());
  }

  public boolean holds(String patientId) {
    return share == 1 || CounterRandom.of(draw, "labels of " + patientId).nextDouble() < share;
  }
}
