package io.radstream.radiology.report;

/**
 * A heading in a line, in offsets into the line.
 *
 * @param from where its name begins
 * @param end behind its name
 * @param behind where its section's text begins
 */
record LineHeading(int from, int end, HeadingRole role, int behind) {

  /**
   * The same in the report.
   *
   * @param begin offset in the line of what belongs to the heading
   */
  Heading in(Line line, int begin) {
    String name = line.text().substring(from, end);
    return new Heading(name, role, line.begin() + begin, line.begin() + behind);
  }
}
