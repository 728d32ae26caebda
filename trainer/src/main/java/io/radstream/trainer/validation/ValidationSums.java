package io.radstream.trainer.validation;

import io.radstream.evaluation.Retrieval;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.training.Evaluation;
import io.radstream.trainer.figures.MetricNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up what single batches gave; a loss that is not an objective has no figure. */
final class ValidationSums {

  private final Objectives objectives;
  private final FindingAucs aucs;
  private double contrastive;
  private double language;
  private double labels;
  private long tokens;
  private long known;
  private final List<float[]> studyVectors = new ArrayList<>();
  private final List<float[]> reportVectors = new ArrayList<>();

  /**
   * @param findings that the label head tells, in its order
   */
  ValidationSums(Objectives objectives, List<String> findings) {
    this.objectives = objectives;
    this.aucs = new FindingAucs(findings);
  }

  void add(Evaluation evaluation, StudyBatch batch) {
    int labelled = batch.knownLabels();
    contrastive += evaluation.contrastive() * batch.size();
    language += evaluation.language() * (isByToken() ? evaluation.tokens() : batch.size());
    labels += evaluation.labels() * labelled;
    tokens += evaluation.tokens();
    known += labelled;
    aucs.add(evaluation, batch);
    studyVectors.addAll(Arrays.asList(evaluation.studies()));
    reportVectors.addAll(Arrays.asList(evaluation.reports()));
  }

  private boolean isByToken() {
    return objectives.languageMean() == LanguageMean.TOKEN;
  }

  /** Studies so far. */
  int count() {
    return studyVectors.size();
  }

  Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    double total = 0;
    if (objectives.contrastive() > 0) {
      total += objectives.contrastive() * contrastive / count();
      figures.put(MetricNames.VALIDATION_LOSS_CONTRASTIVE, contrastive / count());
      retrieval(figures);
    }
    if (objectives.language() > 0) {
      double mean = language / (isByToken() ? tokens : count());
      total += objectives.language() * mean;
      figures.put(MetricNames.VALIDATION_LOSS_LANGUAGE, mean);
      figures.put(MetricNames.VALIDATION_PERPLEXITY, Math.exp(language / tokens));
    }
    if (objectives.labels() > 0 && known > 0) {
      total += objectives.labels() * labels / known;
      figures.put(MetricNames.VALIDATION_LOSS_LABELS, labels / known);
      figures.putAll(aucs.figures());
    }
    // A sum that lacks a part would be taken for a better one.
    if (objectives.labels() == 0 || known > 0) {
      figures.put(MetricNames.VALIDATION_LOSS, total);
    }
    return figures;
  }

  private void retrieval(Map<String, Double> figures) {
    float[][] studies = studyVectors.toArray(float[][]::new);
    float[][] reports = reportVectors.toArray(float[][]::new);
    Retrieval ofReports = Retrieval.of(studies, reports);
    Retrieval ofStudies = Retrieval.of(reports, studies);
    figures.put(MetricNames.RETRIEVAL_TOP1, ofReports.recall(1));
    figures.put(MetricNames.RETRIEVAL_TOP5, ofReports.recall(5));
    figures.put(MetricNames.RETRIEVAL_TOP10, ofReports.recall(10));
    figures.put(MetricNames.RETRIEVAL_STUDY_TOP1, ofStudies.recall(1));
    figures.put(MetricNames.RETRIEVAL_STUDY_TOP5, ofStudies.recall(5));
    figures.put(MetricNames.RETRIEVAL_STUDY_TOP10, ofStudies.recall(10));
    figures.put(MetricNames.RETRIEVAL_CHANCE, ofReports.chance(1));
  }
}
