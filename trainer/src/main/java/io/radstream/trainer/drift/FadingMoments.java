package io.radstream.trainer.drift;

/** Mean and standard deviation of a stream of numbers, of which older ones fade. */
final class FadingMoments {

  private final int memory;
  private long count;
  private double mean;
  private double variance;

  /**
   * @param memory numbers after which the first begin to fade
   */
  FadingMoments(int memory) {
    this.memory = memory;
  }

  void add(double value) {
    count++;
    double share = 1.0 / Math.min(count, memory);
    double difference = value - mean;
    mean += share * difference;
    variance = (1 - share) * (variance + share * difference * difference);
  }

  long count() {
    return count;
  }

  double mean() {
    return mean;
  }

  double deviation() {
    return Math.sqrt(variance);
  }
}
