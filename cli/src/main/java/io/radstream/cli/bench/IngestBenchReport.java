package io.radstream.cli.bench;

import java.io.PrintWriter;
import java.util.List;

/**
 * What the way from files to tuples carries. All on the same broker in one run.
 *
 * @param recordBytes of a study on its topic
 * @param decode of the files alone
 * @param publish decode, shrink, encode and send
 * @param read plain consumers of the records
 * @param copy plain consumers and producers: what the stage would do if it did nothing
 * @param stage from studies to tuples
 * @param endToEnd publishing and stage at once
 * @param heldBytes of the Java heap, the broker's among them, before and after the stage's work
 */
public record IngestBenchReport(
    long studies,
    double recordBytes,
    Rate decode,
    Rate publish,
    Rate read,
    Rate copy,
    Rate stage,
    Rate endToEnd,
    List<Long> heldBytes) {

  private static final double MEBI = 1 << 20;

  public IngestBenchReport {
    heldBytes = List.copyOf(heldBytes);
  }

  /** Aim: 0.7. */
  public double getStageOfCopy() {
    return stage.studiesPerSecond() / copy.studiesPerSecond();
  }

  /** The same by processor time: what it would be if the machine did nothing else. */
  public double getStageOfCopyByCpu() {
    return copy.cpuMillis() / stage.cpuMillis();
  }

  /** Near 1 where publishing is bound by decoding. */
  public double getPublishOfDecode() {
    return publish.studiesPerSecond() / decode.studiesPerSecond();
  }

  /** For people. */
  public void print(PrintWriter out) {
    out.printf(
        "%d studies of %.0f KiB each%n%22s %10s %9s %14s%n",
        studies, recordBytes / 1024, "", "studies/s", "MiB/s", "CPU ms/study");
    line(out, "decoding alone", decode);
    line(out, "publish", publish);
    line(out, "raw consumer", read);
    line(out, "raw copy", copy);
    line(out, "stage", stage);
    line(out, "publish and stage", endToEnd);
    out.printf(
        "stage / raw copy %.2f (by CPU time %.2f), publish / decoding %.2f%n",
        getStageOfCopy(), getStageOfCopyByCpu(), getPublishOfDecode());
    out.printf(
        "heap held before the stage has begun, and when it has done all: %s MiB%n",
        heldBytes.stream().map(bytes -> Long.toString(Math.round(bytes / MEBI))).toList());
    out.flush();
  }

  private void line(PrintWriter out, String what, Rate rate) {
    double perSecond = rate.studiesPerSecond();
    out.printf(
        "%22s %10.1f %9.1f %14.2f%n",
        what, perSecond, perSecond * recordBytes / MEBI, rate.cpuMillis());
  }
}
