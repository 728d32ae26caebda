package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.engine.Scaling;
import io.radstream.model.network.ReportTransformer;
import io.radstream.model.network.TokenBatch;
import io.radstream.model.network.UnitVectors;
import io.radstream.model.network.ViewFusion;

/** The two tasks of pre-training (paper, section 4.2), and label supervision in their place. */
public final class Losses {

  private Losses() {}

  /**
   * Equation 2, mean over the studies: how well each study finds its own report in the batch and,
   * where λ is below 1, each report its own study. Where a study has several representations, mean
   * over them.
   *
   * @param studies batch × representations × width
   * @param reports batch × width
   */
  public static NDArray contrastive(NDArray studies, NDArray reports, Objectives objectives) {
    NDArray unit = UnitVectors.of(studies);
    NDArray targets = UnitVectors.of(reports).transpose();
    int representations = (int) studies.getShape().get(1);
    NDArray sum = null;
    for (int i = 0; i < representations; i++) {
      NDArray cosines = unit.get(":, " + i).matMul(targets);
      NDArray loss = contrastive(Scaling.by(1 / objectives.temperature(), cosines), objectives);
      sum = sum == null ? loss : sum.add(loss);
    }
    return representations == 1 ? sum : Scaling.by(1.0 / representations, sum);
  }

  private static NDArray contrastive(NDArray logits, Objectives objectives) {
    double weight = objectives.studyToReport();
    NDArray studyToReport = ownInRow(logits);
    return weight == 1
        ? studyToReport
        : Scaling.by(weight, studyToReport)
            .add(Scaling.by(1 - weight, ownInRow(logits.transpose())));
  }

  /** Mean over the rows of −log softmax at the row's own number. */
  private static NDArray ownInRow(NDArray logits) {
    int batch = (int) logits.getShape().get(0);
    NDArray own = logits.getManager().arange(0, batch, 1, DataType.INT64).reshape(batch, 1);
    return logits.logSoftmax(1).gather(own, 1).mean().neg();
  }

  /**
   * Equation 1, summed over t = 2 … T of each report. Padding is left out before the largest
   * product, not masked after it. Where a study has several representations, mean over them.
   *
   * @param reports token ids, start token first
   * @param divisor of the sum
   */
  static NDArray language(
      ReportTransformer decoder,
      int[][] reports,
      ViewFusion.Study study,
      double divisor,
      boolean training,
      NDManager scratch) {
    int[][] decoded = repeated(reports, study.representations());
    NDArray ids = TokenBatch.of(scratch, decoded, decoder.config().maxTokens()).ids();
    NDArray features = decoder.features(ids, study.memory(), training);
    Shape shape = features.getShape();
    Targets targets = Targets.of(decoded, (int) shape.get(1));
    NDArray real = features.reshape(-1, shape.get(2)).get(scratch.create(targets.rows()));
    NDArray next = scratch.create(targets.next()).reshape(-1, 1);
    NDArray likelihood = decoder.logits(real).logSoftmax(1).gather(next, 1).sum();
    return Scaling.by(-1.0 / (divisor * study.representations()), likelihood);
  }

  private static int[][] repeated(int[][] reports, int times) {
    int[][] result = new int[reports.length * times][];
    for (int i = 0; i < result.length; i++) {
      result[i] = reports[i / times];
    }
    return result;
  }

  /** What the sum of the language loss is divided by: reports, or predicted tokens. */
  static double languageDivisor(LanguageMean mean, int[][] reports) {
    return mean == LanguageMean.REPORT ? reports.length : Math.max(1, predicted(reports));
  }

  /** Number of tokens that are predicted. */
  public static int predicted(int[][] reports) {
    int count = 0;
    for (int[] report : reports) {
      count += report.length - 1;
    }
    return count;
  }

  /**
   * Binary cross entropy of the labels that are known.
   *
   * @param logits studies × representations × findings
   * @param labels studies × findings: a probability, or NaN where it is not known
   * @param divisor of the sum
   */
  static NDArray labels(NDArray logits, float[][] labels, double divisor, NDManager scratch) {
    Shape shape = logits.getShape();
    int representations = (int) shape.get(1);
    int findings = (int) shape.get(2);
    float[] target = new float[labels.length * findings];
    float[] known = new float[target.length];
    for (int i = 0; i < target.length; i++) {
      float label = labels[i / findings][i % findings];
      known[i] = Float.isNaN(label) ? 0 : 1;
      target[i] = Float.isNaN(label) ? 0 : label;
    }
    Shape broadcast = new Shape(labels.length, 1, findings);
    NDArray present = scratch.create(target, broadcast);
    // log(1 + e^x) − x·y, in the form that does not overflow.
    NDArray loss =
        ai.djl.nn.Activation.softPlus(logits)
            .sub(logits.mul(present))
            .mul(scratch.create(known, broadcast));
    return Scaling.by(1 / (Math.max(1, divisor) * representations), loss.sum());
  }

  /**
   * Which positions predict something, and what.
   *
   * @param rows indices into reports × tokens, flattened
   * @param next the token that follows
   */
  private record Targets(long[] rows, long[] next) {

    static Targets of(int[][] reports, int stride) {
      int count = predicted(reports);
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
