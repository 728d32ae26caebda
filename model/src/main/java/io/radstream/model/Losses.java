package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** The two tasks of pre-training (paper, section 4.2). */
final class Losses {

  private static final double EPSILON = 1e-8;

  private Losses() {}

  /** Vectors of unit length, for cosines. */
  static NDArray unit(NDArray vectors) {
    return vectors.normalize(2, 1, EPSILON);
  }

  /**
   * Equation 2, mean over the studies: how well each study finds its own report in the batch.
   *
   * @param studies batch × width, unit length
   * @param reports batch × width, unit length
   */
  static NDArray contrastive(NDArray studies, NDArray reports, double temperature) {
    int batch = (int) studies.getShape().get(0);
    NDArray logits = Scaling.by(1 / temperature, studies.matMul(reports.transpose()));
    NDArray own = studies.getManager().arange(batch).reshape(batch, 1);
    return logits
        .logSoftmax(1)
        .gather(own.toType(ai.djl.ndarray.types.DataType.INT64, false), 1)
        .mean()
        .neg();
  }

  /**
   * Equation 1, mean over the studies, summed over t = 2 … T of each report. Padding is left out
   * before the largest product, not masked after it.
   *
   * @param reports token ids, start token first
   * @param features reports × tokens × width, at position t what predicts token t + 1
   */
  static NDArray language(ReportTransformer decoder, int[][] reports, NDArray features) {
    Shape shape = features.getShape();
    Targets targets = Targets.of(reports, (int) shape.get(1));
    NDManager manager = features.getManager();
    NDArray rows = manager.create(targets.rows());
    NDArray real = features.reshape(-1, shape.get(2)).get(rows);
    NDArray next = manager.create(targets.next()).reshape(-1, 1);
    NDArray likelihood = decoder.logits(real).logSoftmax(1).gather(next, 1).sum();
    return Scaling.by(-1.0 / reports.length, likelihood);
  }

  /** Number of tokens that are predicted. */
  static int predicted(int[][] reports) {
    int count = 0;
    for (int[] report : reports) {
      count += report.length - 1;
    }
    return count;
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
