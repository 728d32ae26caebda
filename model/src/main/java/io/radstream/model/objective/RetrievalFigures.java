package io.radstream.model.objective;

import io.radstream.evaluation.Retrieval;
import io.radstream.model.network.StudyBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How often studies find their own reports among all, and reports their studies. */
public final class RetrievalFigures implements ValidationFigures {

  /** Reports found from their studies: recall at 1. */
  public static final String TOP1 = "retrieval_top1";

  /** Recall at 1 of guessing. */
  public static final String CHANCE = "retrieval_chance";

  private static final List<Integer> RANKS = List.of(1, 5, 10);

  private final List<float[]> studies = new ArrayList<>();
  private final List<float[]> reports = new ArrayList<>();

  RetrievalFigures() {}

  @Override
  public void add(StudyBatch batch, Evaluation found) {
    studies.addAll(Arrays.asList(found.studies()));
    reports.addAll(Arrays.asList(found.reports()));
  }

  @Override
  public Map<String, Double> values() {
    Map<String, Double> figures = new LinkedHashMap<>();
    if (!studies.isEmpty()) {
      float[][] ofStudies = studies.toArray(float[][]::new);
      float[][] ofReports = reports.toArray(float[][]::new);
      Retrieval forReports = Retrieval.of(ofStudies, ofReports);
      Retrieval forStudies = Retrieval.of(ofReports, ofStudies);
      RANKS.forEach(rank -> figures.put("retrieval_top" + rank, forReports.recall(rank)));
      RANKS.forEach(rank -> figures.put("retrieval_study_top" + rank, forStudies.recall(rank)));
      figures.put(CHANCE, forReports.chance(1));
    }
    return figures;
  }
}
