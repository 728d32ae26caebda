package io.radstream.cli.pacs;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, as a table for people. */
final class Figures {

  private final Map<String, String> rows = new LinkedHashMap<>();

  void add(String name, String form, Object... values) {
    rows.put(name, String.format(Locale.ROOT, form, values));
  }

  void seconds(String name, Duration time) {
    add(name, "%.1f s", time.toMillis() / 1e3);
  }

  /** From the first to the last of these moments. */
  void rate(String name, List<Long> milliseconds) {
    double seconds = (milliseconds.get(milliseconds.size() - 1) - milliseconds.get(0)) / 1e3;
    add(name, "%.1f/s", (milliseconds.size() - 1) / Math.max(seconds, 1e-3));
  }

  /** Median and 99th of a hundred. */
  void spread(String name, List<Duration> times) {
    List<Duration> sorted = times.stream().sorted().toList();
    add(name, "median %.0f ms, p99 %.0f ms", quantile(sorted, 0.5), quantile(sorted, 0.99));
  }

  private static double quantile(List<Duration> sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(1, rank) - 1).toNanos() / 1e6;
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    rows.forEach((name, value) -> table.append("pacs: %-52s %s%n".formatted(name, value)));
    return table.toString();
  }
}
