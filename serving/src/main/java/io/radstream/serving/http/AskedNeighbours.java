package io.radstream.serving.http;

import io.radstream.serving.access.Access;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * What of the neighbours a request asks for.
 *
 * @param count of studies, and of reports, at most
 * @param reports whether with texts
 */
record AskedNeighbours(int count, boolean reports) {

  private static final int USUAL = 10;
  private static final int MOST = 100;

  /**
   * @throws ProblemException where a parameter is not as it should be, or the caller may not read
   *     reports
   */
  static AskedNeighbours of(RoutingContext context) {
    boolean reports = reports(context.queryParam("reports"));
    if (reports) {
      Client.require(context, Access.REPORTS);
    }
    return new AskedNeighbours(count(context.queryParam("count")), reports);
  }

  private static boolean reports(List<String> given) {
    String value = given.isEmpty() ? "false" : given.get(0);
    if (given.size() > 1 || !List.of("true", "false").contains(value)) {
      throw new ProblemException(
          Problem.badRequest("bad_search", "reports is true, or false, or absent for false"));
    }
    return value.equals("true");
  }

  private static int count(List<String> given) {
    if (given.isEmpty()) {
      return USUAL;
    }
    try {
      int count = Integer.parseInt(given.get(0));
      if (given.size() == 1 && count >= 1 && count <= MOST) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Told below, with numbers that are out of range.
    }
    throw new ProblemException(
        Problem.badRequest("bad_search", "count is a number from 1 to %d".formatted(MOST)));
  }
}
