package io.radstream.producers.datasets;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What several readers saw in one picture, each on their own. */
final class ReaderVotes {

  /** What readers could choose from, as far as the competition tells of it. */
  static final Set<String> COMPETITION =
      Set.of(
          "aortic enlargement",
          "atelectasis",
          "calcification",
          "cardiomegaly",
          "consolidation",
          "ild",
          "infiltration",
          "lung opacity",
          "nodule mass",
          "other lesion",
          "pleural effusion",
          "pleural thickening",
          "pneumothorax",
          "pulmonary fibrosis",
          "no finding");

  private static final Set<String> KEYS = Set.of("", "image_id", "rad_id");

  private final Set<String> readers = new HashSet<>();
  private final Map<String, Set<String>> saw = new HashMap<>();

  /** A reader saw a finding. */
  void add(String reader, String finding) {
    readers.add(reader);
    saw.computeIfAbsent(finding, it -> new HashSet<>()).add(reader);
  }

  /** A row with a column for each finding. */
  void add(TableRow row) throws DatasetException {
    String reader = row.get("rad_id");
    readers.add(reader);
    for (String column : row.names()) {
      if (!KEYS.contains(column)) {
        Set<String> voters = saw.computeIfAbsent(finding(column), it -> new HashSet<>(4));
        switch (row.get(column)) {
          case "1", "1.0" -> voters.add(reader);
          case "0", "0.0", "" -> {}
          default -> throw new DatasetException("a label is neither 1, 0 nor empty");
        }
      }
    }
  }

  /** The tables of the two parts spell one column in two ways. */
  private static String finding(String column) {
    String name = FindingNames.of(column);
    return name.equals("other diseases") ? "other disease" : name;
  }

  /** These findings were asked for: nobody saw those that nobody named. */
  void knowAll(Set<String> findings) {
    findings.forEach(finding -> saw.computeIfAbsent(finding, it -> Set.of()));
  }

  /** Of each finding what the readers come to. */
  Map<String, Double> labels(Readers rule) {
    Map<String, Double> labels = new HashMap<>();
    saw.forEach(
        (finding, voters) ->
            labels.put(finding, rule.label(finding, voters.size(), readers.size())));
    return labels;
  }
}
