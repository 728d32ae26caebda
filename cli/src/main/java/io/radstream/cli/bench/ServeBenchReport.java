package io.radstream.cli.bench;

import java.io.PrintWriter;
import java.util.List;

/**
 * What the scoring service makes of a network.
 *
 * @param preparations for each number of views
 */
public record ServeBenchReport(List<Preparation> preparations, List<Row> rows) {

  /**
   * What a study costs beside the network.
   *
   * @param bytes of its encoded views
   * @param millis of one thread to decode and shrink them
   */
  public record Preparation(int views, double bytes, double millis) {}

  /** From question to answer, in milliseconds. */
  public record Latency(double p50, double p95, double p99) {

    static Latency of(List<Double> millis) {
      List<Double> sorted = millis.stream().sorted().toList();
      return new Latency(at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99));
    }

    /** The least that so large a share does not exceed. */
    private static double at(List<Double> sorted, double share) {
      return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
  }

  /**
   * One number of views and of clients.
   *
   * @param meanBatch studies of a pass
   * @param bareStudiesPerSecond of the network alone, in passes of as many studies
   * @param share of the bare rate that is reached over HTTP
   * @param aboveBareMillis of an answer above a bare pass of such a batch; with one client all that
   *     is not the network, with more also the wait for the pass before
   */
  public record Row(
      int views,
      int clients,
      double requestsPerSecond,
      Latency millis,
      double meanBatch,
      double bareStudiesPerSecond,
      double share,
      double aboveBareMillis,
      double cpuMillis,
      double bareCpuMillis) {}

  public ServeBenchReport {
    preparations = List.copyOf(preparations);
    rows = List.copyOf(rows);
  }

  /** For people. */
  public void print(PrintWriter out) {
    out.printf(
        "%5s %7s %9s %9s %9s %9s %6s %9s %6s %9s %7s %9s%n",
        "views",
        "clients",
        "req/s",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "batch",
        "bare/s",
        "share",
        "above ms",
        "CPU ms",
        "bare CPU");
    for (Row row : rows) {
      out.printf(
          "%5d %7d %9.2f %9.2f %9.2f %9.2f %6.2f %9.2f %6.3f %9.2f %7.2f %9.2f%n",
          row.views(),
          row.clients(),
          row.requestsPerSecond(),
          row.millis().p50(),
          row.millis().p95(),
          row.millis().p99(),
          row.meanBatch(),
          row.bareStudiesPerSecond(),
          row.share(),
          row.aboveBareMillis(),
          row.cpuMillis(),
          row.bareCpuMillis());
    }
    for (Preparation preparation : preparations) {
      out.printf(
          "%d views, %.0f KiB: one thread decodes and shrinks them in %.2f ms.%n",
          preparation.views(), preparation.bytes() / 1024, preparation.millis());
    }
    out.flush();
  }
}
