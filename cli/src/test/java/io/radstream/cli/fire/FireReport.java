package io.radstream.cli.fire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What was measured, as lines for people. */
final class FireReport {

  private static final double TAIL = 0.99;
  private static final int SAMPLES = 10;

  private final List<String> lines = new ArrayList<>();
  private final List<List<Long>> quiet = new ArrayList<>();
  private final List<List<Long>> underFire = new ArrayList<>();
  private final List<Double> stolen = new ArrayList<>();
  private final List<Integer> turnedAway = new ArrayList<>();
  private final List<Double> memory = new ArrayList<>();

  void add(String form, Object... values) {
    lines.add(String.format(Locale.ROOT, form, values));
  }

  /**
   * @param nanoseconds of answers while no checkpoint came, in one round
   */
  void quiet(List<Long> nanoseconds) {
    quiet.add(nanoseconds);
  }

  /**
   * @param nanoseconds of answers while checkpoints came, in the same round
   * @param turned away meanwhile, so many requests
   * @param stolen of the machine's processors meanwhile, in per cent
   */
  void underFire(List<Long> nanoseconds, int turned, double stolen) {
    underFire.add(nanoseconds);
    turnedAway.add(turned);
    this.stolen.add(stolen);
  }

  /** In MiB, after a checkpoint. */
  void memory(double used) {
    memory.add(used);
  }

  @Override
  public String toString() {
    List<String> all = new ArrayList<>(lines);
    all.add(latency("quiet", quiet));
    all.add(latency("under fire", underFire));
    all.add(ratios());
    all.add("turned away under fire: " + spaced(turnedAway, "%d"));
    all.add("% of the processors that the host took under fire: " + spaced(stolen, "%.1f"));
    all.add("memory without files, MiB: " + sampled());
    all.add(
        String.format(
            Locale.ROOT,
            "its slope over the second half: %.3f MiB a checkpoint",
            slope(memory.subList(memory.size() / 2, memory.size()))));
    return all.stream().map(line -> "serve-fire: " + line + "\n").collect(Collectors.joining());
  }

  private static String latency(String when, List<List<Long>> rounds) {
    return String.format(
        Locale.ROOT,
        "%s: %d answers, p50 %.1f ms, p99 %.1f ms in the median of the rounds",
        when,
        rounds.stream().mapToInt(List::size).sum(),
        median(rounds.stream().map(nanos -> quantile(nanos, 0.5)).toList()),
        median(rounds.stream().map(FireReport::tail).toList()));
  }

  /**
   * Of each round by itself: a machine that others use, too, is not as fast from one to the next.
   */
  private String ratios() {
    List<Double> ratios =
        IntStream.range(0, quiet.size())
            .mapToObj(round -> tail(underFire.get(round)) / tail(quiet.get(round)))
            .toList();
    return String.format(
        Locale.ROOT,
        "p99 under fire by quiet: %.2f in the median of the rounds (%s)",
        median(ratios),
        spaced(ratios, "%.2f"));
  }

  /** One of each round. */
  private static String spaced(List<?> values, String form) {
    return values.stream()
        .map(value -> String.format(Locale.ROOT, form, value))
        .collect(Collectors.joining(" "));
  }

  private String sampled() {
    int every = Math.max(1, memory.size() / SAMPLES);
    return IntStream.range(0, memory.size())
        .filter(i -> i % every == 0 || i == memory.size() - 1)
        .mapToObj(i -> String.format(Locale.ROOT, "%.0f", memory.get(i)))
        .collect(Collectors.joining(" "));
  }

  private static double tail(List<Long> nanos) {
    return quantile(nanos, TAIL);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** In milliseconds. */
  private static double quantile(List<Long> nanos, double share) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1)) / 1e6;
  }

  /** By least squares. */
  private static double slope(List<Double> values) {
    double middle = (values.size() - 1) / 2.0;
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double above = 0;
    double below = 0;
    for (int i = 0; i < values.size(); i++) {
      above += (i - middle) * (values.get(i) - mean);
      below += (i - middle) * (i - middle);
    }
    return above / below;
  }
}
