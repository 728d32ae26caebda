package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.engine.Scaling;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.ReportTransformer;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.TokenBatch;
import io.radstream.model.network.ViewFusion;
import java.util.Arrays;
import java.util.Set;

/**
 * Task 1 of pre-training (paper, section 4.2, equation 1): how likely the report transformer writes
 * each token of a report, from its study and the tokens before it.
 *
 * @param settings weight, and what the loss is a mean over
 * @param maxTokens longer reports are cut
 */
public record LanguageObjective(Objectives settings, int maxTokens) implements Objective {

  public static final String NAME = "language";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double weight() {
    return settings.language();
  }

  @Override
  public Set<NetworkPart> parts() {
    return Set.of(NetworkPart.REPORT);
  }

  @Override
  public Set<BatchInput> needs() {
    return Set.of(BatchInput.REPORTS);
  }

  /** Reports, or predicted tokens. */
  @Override
  public double count(StudyBatch batch) {
    return settings.languageMean() == LanguageMean.REPORT
        ? batch.size()
        : batch.predictedTokens(maxTokens);
  }

  @Override
  public Term on(RefersNetwork network) {
    ReportTransformer decoder = network.report().orElseThrow();
    return (Term.PerStudy) (forward, divisor) -> share(decoder, forward, divisor);
  }

  @Override
  public ValidationFigures figures() {
    return new PerplexityFigure(this);
  }

  /**
   * The sum over t = 2 … T of each report. Padding is left out before the largest product, not
   * masked after it. Where a study has several representations, mean over them.
   */
  NDArray share(ReportTransformer decoder, Forward forward, double divisor) {
    ViewFusion.Study study = forward.representation().study();
    int[][] decoded = reports(forward.batch(), study.representations());
    NDArray ids = TokenBatch.of(forward.scratch(), decoded, maxTokens).ids();
    NDArray features = decoder.features(ids, study.memory(), forward.training());
    Shape shape = features.getShape();
    Targets targets = Targets.of(decoded, (int) shape.get(1));
    NDArray real = features.reshape(-1, shape.get(2)).get(forward.scratch().create(targets.rows()));
    NDArray next = forward.scratch().create(targets.next()).reshape(-1, 1);
    NDArray likelihood = decoder.logits(real).logSoftmax(1).gather(next, 1).sum();
    return Scaling.by(-1.0 / (Math.max(1, divisor) * study.representations()), likelihood);
  }

  /** Of a batch, cut, each as often as its study has representations. */
  public int[][] reports(StudyBatch batch, int representations) {
    int[][] reports = batch.cutTokens(maxTokens);
    int[][] result = new int[reports.length * representations][];
    for (int i = 0; i < result.length; i++) {
      result[i] = reports[i / representations];
    }
    return result;
  }

  /**
   * Which positions predict something, and what.
   *
   * @param rows indices into reports × tokens, flattened
   * @param next the token that follows
   */
  private record Targets(long[] rows, long[] next) {

    static Targets of(int[][] reports, int stride) {
      int count = Arrays.stream(reports).mapToInt(report -> report.length - 1).sum();
      long[] rows = new long[count];
      long[] next = new long[count];
      int i = 0;
      for (int report = 0; report < reports.length; report++) {
        for (int t = 1; t < reports[report].length; t++) {
          rows[i] = (long) report * stride + t - 1;
          next[i++] = reports[report][t];
        }
      }
      return new Targets(rows, next);
    }
  }
}
