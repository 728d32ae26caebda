package io.radstream.cli.bench;

import java.io.PrintWriter;
import java.util.List;

/**
 * What the way from the topic to the device can carry.
 *
 * @param viewSide of a view on the topic, in pixels
 * @param networkStudiesPerSecond that the network would take on this machine if all its arithmetic
 *     went at the rate of the engine's fastest product of matrices: what the feed has to keep up
 *     with
 */
public record FeedBenchReport(
    int viewSide, int reportTokens, double networkStudiesPerSecond, List<Row> rows) {

  private static final double MEBI = 1 << 20;
  private static final double PERCENT = 100;

  /**
   * One topic and one number of workers.
   *
   * @param scanSeconds until a new run knows its studies
   * @param resumeSeconds until a run knows them that goes on from its checkpoint
   * @param studiesPerSecond in batches ready for the device; nothing is held from before
   * @param waited share of the time behind the first batch that the device waited for data
   * @param fetchMillis of reading a study, on whichever threads; decoding and augmenting are those
   *     of a worker, waiting for a core among it
   * @param coreMillis that the feed's threads have had of the cores for a study
   * @param heldBytes of the Java heap, the broker's among them
   */
  public record Row(
      long studies,
      int views,
      int workers,
      double scanSeconds,
      double resumeSeconds,
      double studiesPerSecond,
      double waited,
      double fetchMillis,
      double decodeMillis,
      double augmentMillis,
      double coreMillis,
      long heldBytes) {}

  public FeedBenchReport {
    rows = List.copyOf(rows);
  }

  /** For people. */
  public void print(PrintWriter out) {
    out.printf(
        "%10s %5s %7s %9s %9s %10s %7s %9s %9s %9s %9s %9s%n",
        "studies",
        "views",
        "workers",
        "scan s",
        "resume s",
        "studies/s",
        "waits %",
        "fetch ms",
        "decode ms",
        "augm. ms",
        "core ms",
        "heap MiB");
    for (Row row : rows) {
      out.printf(
          "%10d %5d %7d %9.2f %9.3f %10.1f %7.1f %9.3f %9.3f %9.3f %9.3f %9.1f%n",
          row.studies(),
          row.views(),
          row.workers(),
          row.scanSeconds(),
          row.resumeSeconds(),
          row.studiesPerSecond(),
          PERCENT * row.waited(),
          row.fetchMillis(),
          row.decodeMillis(),
          row.augmentMillis(),
          row.coreMillis(),
          row.heldBytes() / MEBI);
    }
    out.printf(
        "The network takes at most %.2f studies/s here, at the rate of the engine's fastest"
            + " product.%n",
        networkStudiesPerSecond);
    out.flush();
  }
}
