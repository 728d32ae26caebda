package io.radstream.serving.search;

import java.util.Optional;

/**
 * A study as it is indexed.
 *
 * @param revision the highest of a study counts
 * @param vector of its views, of length 1
 * @param report empty where it has none
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record IndexedStudy(String studyId, int revision, float[] vector, Optional<Report> report) {

  /**
   * @param vector of length 1
   */
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Report(String text, float[] vector) {

    /** Without the text, which may stand in no log. */
    @Override
    public String toString() {
      return "Report";
    }
  }
}
