package io.radstream.producers.reports;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is remembered of a report.
 *
 * @param version of the newest that came
 * @param places in which it is, or was
 * @param withdrawn whether that version withdrew it
 * @param told the newest time that was told of it; below the version where what told none came
 *     after it
 * @param statements digests of what came without a time, and at that newest time; the newest last
 */
record Seen(int version, int places, boolean withdrawn, int told, List<String> statements) {

  static final Seen NOTHING = new Seen(0, 0, false, 0, List.of());

  private static final String SEPARATOR = " ";

  /** Before what came with a time. */
  private static final String TIMED = "=";

  /** Some 600 bytes: more than anybody amends a report. */
  private static final int MOST_STATEMENTS = 32;

  private static final int DIGITS = 16;
  private static final int FIXED = 4;

  Seen {
    statements = List.copyOf(statements);
  }

  /** An earlier release knew times alone. */
  static Seen read(String value) {
    List<String> parts = List.of(value.split(SEPARATOR, -1));
    int version = Integer.parseInt(parts.get(0));
    return new Seen(
        version,
        Integer.parseInt(parts.get(1)),
        Boolean.parseBoolean(parts.get(2)),
        parts.size() < FIXED ? version : Integer.parseInt(parts.get(FIXED - 1)),
        parts.subList(Math.min(FIXED, parts.size()), parts.size()));
  }

  String write() {
    Stream<String> fixed = Stream.of(version, places, withdrawn, told).map(String::valueOf);
    return Stream.concat(fixed, statements.stream()).collect(Collectors.joining(SEPARATOR));
  }

  /** Whether the version tells when something came, and not when it was written. */
  boolean isByArrival() {
    return version > told;
  }

  /**
   * Whether it came before, or is older by its own time. A report that was withdrawn does not come
   * back by what is no newer than that.
   *
   * @param its version
   * @param digest of what is said
   */
  boolean has(ReportItem report, int its, String digest) {
    boolean came = statements.contains(statement(report, digest));
    if (!report.time().isTold()) {
      return came;
    }
    if (isByArrival()) {
      return its < told || came;
    }
    boolean again = report instanceof ReportItem.Text && withdrawn;
    return its < told || (again && its == told && its != ReportVersion.UNKNOWN);
  }

  /**
   * @param its version
   * @param number that it is sent with
   * @param studies that it is of
   */
  Seen with(ReportItem report, int its, int number, int studies, String digest) {
    boolean isTold = report.time().isTold();
    String statement = statement(report, digest);
    List<String> kept =
        Stream.concat(
                statements.stream()
                    .filter(it -> !it.equals(statement))
                    .filter(it -> !isTold || its == told || !it.startsWith(TIMED)),
                Stream.of(statement))
            .toList();
    return new Seen(
        number,
        Math.max(places, studies),
        report instanceof ReportItem.Withdrawal,
        isTold ? its : told,
        kept.subList(Math.max(0, kept.size() - MOST_STATEMENTS), kept.size()));
  }

  private static String statement(ReportItem report, String digest) {
    return (report.time().isTold() ? TIMED : "") + digest.substring(0, DIGITS);
  }
}
