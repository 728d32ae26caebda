package io.radstream.cli.bench;

import io.radstream.model.kernels.check.CardCheck;
import io.radstream.model.kernels.check.Outcome;
import java.io.PrintWriter;
import java.util.List;

/**
 * Whether a GPU's kernels compute what they should, and how fast.
 *
 * @param compileSeconds for all kernels of {@code base}; next to nothing where they were kept
 * @param right whether all of them are, and give the same bits each time
 */
public record KernelsReport(
    String gpu,
    String compiler,
    String kernelsHash,
    double compileSeconds,
    boolean right,
    List<Row> rows) {

  /**
   * One check.
   *
   * @param worst difference from float64, in parts of what is tolerated
   */
  public record Row(
      String check, boolean right, boolean repeatable, double worst, List<Time> times) {

    public Row {
      times = List.copyOf(times);
    }
  }

  /** One kernel, by what it reads and writes at least. */
  public record Time(String kernel, double milliseconds, double gigabytesPerSecond) {}

  public KernelsReport {
    rows = List.copyOf(rows);
  }

  public static KernelsReport of(CardCheck card) {
    return new KernelsReport(
        card.gpu(),
        card.compiler(),
        card.kernelsHash(),
        card.compileSeconds(),
        card.isRight(),
        card.checks().stream().map(KernelsReport::row).toList());
  }

  private static Row row(CardCheck.Result result) {
    Outcome outcome = result.outcome();
    return new Row(
        outcome.check(),
        result.right(),
        result.repeatable(),
        outcome.differences().stream()
            .mapToDouble(Outcome.Difference::worst)
            .max()
            .orElse(Double.POSITIVE_INFINITY),
        outcome.times().stream()
            .map(time -> new Time(time.kernel(), time.milliseconds(), time.gigabytesPerSecond()))
            .toList());
  }

  /** For people. */
  public void print(PrintWriter out) {
    out.printf("%s, %s, kernels %s, ready in %.1f s%n", gpu, compiler, kernelsHash, compileSeconds);
    for (Row row : rows) {
      out.printf(
          "%s: %s, %s, worst difference %.2f of what is tolerated%n",
          row.check(),
          row.right() ? "right" : "WRONG",
          row.repeatable() ? "same bits" : "OTHER BITS",
          row.worst());
      for (Time time : row.times()) {
        out.printf(
            "  %-24s %9.4f ms %9.1f GB/s%n",
            time.kernel(), time.milliseconds(), time.gigabytesPerSecond());
      }
    }
    out.flush();
  }
}
