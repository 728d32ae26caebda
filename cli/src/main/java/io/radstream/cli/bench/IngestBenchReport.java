package io.radstream.cli.bench;

import java.io.PrintWriter;
import java.util.List;

/**
 * What the way from files to tuples carries. All rates are studies/s on the same broker in one run.
 *
 * @param recordBytes of a study on its topic
 * @param decode of the files alone
 * @param publish decode, shrink, encode and send
 * @param read plain consumers of the records
 * @param copy plain consumers and producers: what the stage would do if it did nothing
 * @param stage from studies to tuples
 * @param endToEnd publishing and stage at once
 * @param heldBytes of the Java heap, the broker's among them, in the course of the stage
 */
public record IngestBenchReport(
    long studies,
    double recordBytes,
    double decode,
    double publish,
    double read,
    double copy,
    double stage,
    double endToEnd,
    List<Long> heldBytes) {

  private static final double MEBI = 1 << 20;

  public IngestBenchReport {
    heldBytes = List.copyOf(heldBytes);
  }

  /** Aim: 0.7. */
  public double getStageOfCopy() {
    return stage / copy;
  }

  /** Near 1 where publishing is bound by decoding. */
  public double getPublishOfDecode() {
    return publish / decode;
  }

  /** For people. */
  public void print(PrintWriter out) {
    out.printf(
        "%d studies of %.0f KiB each%n%22s %10s %9s%n",
        studies, recordBytes / 1024, "", "studies/s", "MiB/s");
    line(out, "decoding alone", decode);
    line(out, "publish", publish);
    line(out, "raw consumer", read);
    line(out, "raw copy", copy);
    line(out, "stage", stage);
    line(out, "publish and stage", endToEnd);
    out.printf(
        "stage / raw copy %.2f, publish / decoding %.2f%n", getStageOfCopy(), getPublishOfDecode());
    out.printf(
        "heap held, from the first to the last fifth of the stage's course: %s MiB%n",
        heldBytes.stream().map(bytes -> Long.toString(Math.round(bytes / MEBI))).toList());
    out.flush();
  }

  private void line(PrintWriter out, String what, double rate) {
    out.printf("%22s %10.1f %9.1f%n", what, rate, rate * recordBytes / MEBI);
  }
}
