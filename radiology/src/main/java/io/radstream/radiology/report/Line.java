package io.radstream.radiology.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a report.
 *
 * @param begin its offset in the report
 * @param text without its end
 */
record Line(int begin, String text) {

  private static final Pattern END = Pattern.compile("\\R");

  static List<Line> of(String report) {
    List<Line> lines = new ArrayList<>();
    Matcher end = END.matcher(report);
    int begin = 0;
    while (end.find()) {
      lines.add(new Line(begin, report.substring(begin, end.start())));
      begin = end.end();
    }
    lines.add(new Line(begin, report.substring(begin)));
    return lines;
  }

  boolean isBlank() {
    return text.chars().allMatch(c -> Decoration.isBlank((char) c));
  }
}
