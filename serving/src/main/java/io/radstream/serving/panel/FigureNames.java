package io.radstream.serving.panel;

import java.util.Collection;
import java.util.List;

/** Names of the figures of a panel, under which they are on the log of decisions. */
final class FigureNames {

  static final String STUDIES = "panel.studies";
  static final String FINDINGS = "panel.findings";

  /** At the end of the name of a figure that is the live one's. */
  static final String OF_LIVE = ".live";

  /** At the end of the name of an interval's lower end. */
  static final String LOW = ".low";

  /** At the end of the name of an interval's upper end. */
  static final String HIGH = ".high";

  private static final String PRESENT = "present.";

  private FigureNames() {}

  static String auc(String finding) {
    return "auc." + finding;
  }

  /** Expected calibration error. */
  static String ece(String finding) {
    return "ece." + finding;
  }

  /** AUC of the candidate less that of the live one. */
  static String difference(String finding) {
    return "difference." + finding;
  }

  static String moved(String finding) {
    return "moved." + finding;
  }

  static String present(String finding) {
    return PRESENT + finding;
  }

  static String absent(String finding) {
    return "absent." + finding;
  }

  /** Each finding of a panel has a number of studies that have it. */
  static List<String> findings(Collection<String> names) {
    return names.stream()
        .filter(name -> name.startsWith(PRESENT))
        .map(name -> name.substring(PRESENT.length()))
        .sorted()
        .toList();
  }
}
