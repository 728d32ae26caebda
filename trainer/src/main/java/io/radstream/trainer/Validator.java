package io.radstream.trainer;

import io.radstream.model.Evaluation;
import io.radstream.model.RefersTraining;
import io.radstream.model.StudyBatch;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.feed.StudyCache;
import io.radstream.trainer.tuples.TupleRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures a network on studies that it does not learn from, without augmentation. */
final class Validator {

  private final StudyCache studies;
  private final Augmenter augmenter;
  private final List<TupleRef> refs;
  private final int batch;

  /**
   * @param batch studies compared with each other by the contrastive loss, as in training
   */
  Validator(StudyCache studies, Augmenter augmenter, List<TupleRef> refs, int batch) {
    this.studies = studies;
    this.augmenter = augmenter;
    this.refs = List.copyOf(refs);
    this.batch = batch;
  }

  /** Figures by name; empty where there is nothing to compare. */
  Map<String, Double> validate(RefersTraining network) {
    Sums sums = new Sums();
    for (int begin = 0; begin < refs.size(); begin += batch) {
      StudyBatch next = batch(refs.subList(begin, Math.min(refs.size(), begin + batch)));
      if (next.size() > 0) {
        sums.add(network.evaluate(next), next.size());
      }
    }
    return sums.count() < 2 ? Map.of() : sums.figures();
  }

  private StudyBatch batch(List<TupleRef> batchRefs) {
    List<PreparedStudy> usable =
        batchRefs.stream()
            .map(ref -> studies.get(ref, () -> batchRefs))
            .filter(PreparedStudy::hasView)
            .toList();
    float[] images = new float[usable.size() * augmenter.valuesPerStudy()];
    int[][] tokens = new int[usable.size()][];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = augmenter.plain(usable.get(i), images, i * augmenter.valuesPerStudy());
    }
    return new StudyBatch(images, tokens);
  }

  private static final class Sums {

    private double loss;
    private double contrastive;
    private double language;
    private long tokens;
    private final List<float[]> studyVectors = new ArrayList<>();
    private final List<float[]> reportVectors = new ArrayList<>();

    void add(Evaluation evaluation, int size) {
      loss += evaluation.loss() * size;
      contrastive += evaluation.contrastive() * size;
      language += evaluation.language() * size;
      tokens += evaluation.tokens();
      studyVectors.addAll(Arrays.asList(evaluation.studies()));
      reportVectors.addAll(Arrays.asList(evaluation.reports()));
    }

    int count() {
      return studyVectors.size();
    }

    Map<String, Double> figures() {
      Retrieval retrieval =
          Retrieval.of(studyVectors.toArray(float[][]::new), reportVectors.toArray(float[][]::new));
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put(MetricNames.VALIDATION_LOSS, loss / count());
      figures.put(MetricNames.VALIDATION_LOSS_CONTRASTIVE, contrastive / count());
      figures.put(MetricNames.VALIDATION_LOSS_LANGUAGE, language / count());
      figures.put(MetricNames.VALIDATION_PERPLEXITY, Math.exp(language / tokens));
      figures.put(MetricNames.RETRIEVAL_TOP1, retrieval.top1());
      figures.put(MetricNames.RETRIEVAL_TOP5, retrieval.top5());
      figures.put(MetricNames.RETRIEVAL_CHANCE, retrieval.chance());
      return figures;
    }
  }
}
