package io.radstream.radiology.findings;

import io.radstream.radiology.report.ReportSections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Reads what a report says of findings. Only sections that say what the radiograph shows are read,
 * see {@link ReportSections}. A finding that is said to be there anywhere is there, whatever stands
 * elsewhere. Rules err: they are to compare many reports, not to read one. Thread-safe.
 */
public final class FindingLabeller {

  private final Phrases phrases = new Phrases();
  private final Cues cues = new Cues();

  /**
   * @return what is said of each finding that is spoken of. {@link ReportedFinding#NORMAL} is
   *     present where something is denied or the radiograph is called normal, and no other finding
   *     is there or may be
   */
  public Map<ReportedFinding, Certainty> label(String report) {
    Map<ReportedFinding, Certainty> said = new EnumMap<>(ReportedFinding.class);
    for (String clause : Clauses.of(ReportSections.of(report).text())) {
      ClauseReading reading = new ClauseReading(clause, cues.in(clause));
      for (Mention mention : phrases.in(clause)) {
        said.merge(mention.finding(), reading.of(mention), Certainty::or);
      }
    }
    if (!said.isEmpty()) {
      said.put(ReportedFinding.NORMAL, normal(said));
    }
    return said;
  }

  private static Certainty normal(Map<ReportedFinding, Certainty> said) {
    Certainty worst =
        said.entrySet().stream()
            .filter(entry -> entry.getKey() != ReportedFinding.NORMAL)
            .map(Map.Entry::getValue)
            .reduce(Certainty.ABSENT, Certainty::or);
    return switch (worst) {
      case ABSENT -> Certainty.PRESENT;
      case UNCERTAIN -> Certainty.UNCERTAIN;
      case PRESENT -> Certainty.ABSENT;
    };
  }
}
