package io.radstream.serving.compare;

import java.util.Arrays;

/** Sums of what two models made of a finding. For one thread at a time. */
final class FindingTally {

  /** Enough for a rank correlation, and little memory where there are many findings. */
  private static final int RANKED = 500;

  private static final double DECISION = 0.5;

  private final double[] live = new double[RANKED];
  private final double[] trial = new double[RANKED];
  private long studies;
  private long moved;
  private long same;
  private double differences;

  void add(double ofLive, double ofTrial, double bound) {
    int place = (int) (studies % RANKED);
    live[place] = ofLive;
    trial[place] = ofTrial;
    double difference = Math.abs(ofLive - ofTrial);
    studies++;
    differences += difference;
    moved += difference > bound ? 1 : 0;
    same += ofLive >= DECISION == ofTrial >= DECISION ? 1 : 0;
  }

  /** At least one study must have been added. */
  FindingAgreement agreement() {
    int ranked = (int) Math.min(studies, RANKED);
    return new FindingAgreement(
        studies,
        differences / studies,
        (double) moved / studies,
        (double) same / studies,
        RankCorrelation.of(Arrays.copyOf(live, ranked), Arrays.copyOf(trial, ranked)));
  }
}
