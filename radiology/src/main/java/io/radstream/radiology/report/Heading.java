package io.radstream.radiology.report;

/**
 * A heading in a report.
 *
 * @param name as it is written, without decoration
 * @param begin offset of its first character
 * @param end offset behind it, where its section's text begins
 */
record Heading(String name, HeadingRole role, int begin, int end) {

  Heading as(HeadingRole other) {
    return new Heading(name, other, begin, end);
  }
}
