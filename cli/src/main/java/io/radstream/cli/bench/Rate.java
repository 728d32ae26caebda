package io.radstream.cli.bench;

/**
 * How fast something went.
 *
 * @param studiesPerSecond by the clock; little where other programs use the machine, too
 * @param cpuMillis of this process for a study, over all its threads, the broker's among them
 */
public record Rate(double studiesPerSecond, double cpuMillis) {

  private static final double NANOS = 1e9;
  private static final double NANOS_A_MILLI = 1e6;

  /**
   * @param began before the studies
   * @param ended behind them
   */
  static Rate of(double studies, Clocks began, Clocks ended) {
    return new Rate(
        studies / ((ended.wall() - began.wall()) / NANOS),
        (ended.cpu() - began.cpu()) / NANOS_A_MILLI / studies);
  }

  /** Of as many studies at this one and at the other. */
  Rate mean(Rate other) {
    return new Rate(
        2 / (1 / studiesPerSecond + 1 / other.studiesPerSecond), (cpuMillis + other.cpuMillis) / 2);
  }

  /**
   * Two clocks at one moment, in nanoseconds.
   *
   * @param cpu that this process has used
   */
  record Clocks(long wall, long cpu) {}
}
