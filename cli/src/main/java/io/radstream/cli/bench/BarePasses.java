package io.radstream.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import io.radstream.model.Refers;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Passes of a network, one after the other, with nothing around them. */
final class BarePasses {

  private static final double NANOS = 1e9;
  private static final double NANOS_A_MILLI = 1e6;

  /**
   * @param millis of one pass, the median
   * @param cpuMillis of this process for a study
   */
  record Bare(double studiesPerSecond, double millis, double cpuMillis) {}

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Refers network;
  private final Duration time;

  /**
   * @param time that is measured at least
   */
  BarePasses(Refers network, Duration time) {
    this.network = network;
    this.time = time;
  }

  /**
   * @param studies of each pass
   */
  Bare measure(float[][] studies) {
    float[] images = joined(studies);
    Object warm = network.see(images, studies.length);
    List<Double> millis = new ArrayList<>();
    long cpuBegan = system.getProcessCpuTime();
    long began = System.nanoTime();
    long now = began;
    while (warm != null && now - began < time.toNanos()) {
      network.see(images, studies.length);
      long ended = System.nanoTime();
      millis.add((ended - now) / NANOS_A_MILLI);
      now = ended;
    }
    long done = (long) millis.size() * studies.length;
    return new Bare(
        done / ((now - began) / NANOS),
        Median.of(millis),
        (system.getProcessCpuTime() - cpuBegan) / NANOS_A_MILLI / done);
  }

  private static float[] joined(float[][] studies) {
    int length = studies[0].length;
    float[] images = new float[studies.length * length];
    for (int i = 0; i < studies.length; i++) {
      System.arraycopy(studies[i], 0, images, i * length, length);
    }
    return images;
  }
}
