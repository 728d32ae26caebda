package io.radstream.evaluation.findings;

import io.radstream.evaluation.Scored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Studies with what a model says of them.
 *
 * @param findings in the order of each study's labels and scores
 */
public record JudgedSplit(List<String> findings, List<JudgedStudy> studies) {

  public JudgedSplit {
    findings = List.copyOf(findings);
    studies = List.copyOf(studies);
    int columns = findings.size();
    if (studies.stream().anyMatch(study -> study.labels().length != columns)) {
      throw new IllegalArgumentException(
          "a study does not have labels for %d findings".formatted(columns));
    }
  }

  /** Of the studies of which the finding is known. */
  public List<Scored> scores(String finding) {
    int column = findings.indexOf(finding);
    return studies.stream().map(study -> study.of(column)).flatMap(Optional::stream).toList();
  }

  /** In the order in which they are drawn by. */
  SortedSet<String> patients() {
    SortedSet<String> patients = new TreeSet<>();
    studies.forEach(study -> patients.add(study.patient()));
    return patients;
  }

  List<Ranking> rankings() {
    Map<String, Integer> numbers = new HashMap<>();
    patients().forEach(patient -> numbers.put(patient, numbers.size()));
    List<Ranking> rankings = new ArrayList<>();
    for (int finding = 0; finding < findings.size(); finding++) {
      List<Ranking.Ranked> ranked = new ArrayList<>();
      for (JudgedStudy study : studies) {
        int patient = numbers.get(study.patient());
        study.of(finding).ifPresent(scored -> ranked.add(new Ranking.Ranked(patient, scored)));
      }
      rankings.add(new Ranking(ranked));
    }
    return rankings;
  }
}
