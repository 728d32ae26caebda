package io.radstream.model.generation;

import io.radstream.model.config.Generation;
import java.util.Arrays;

/**
 * What may follow the tokens of a report, and how probable that is.
 *
 * @param vocabulary number of token ids
 * @param representations of a study: each gives logits of its own
 */
record NextToken(Generation options, int vocabulary, int representations) {

  private static final double NEVER = Double.NEGATIVE_INFINITY;

  /**
   * Log-probabilities by token, −∞ for what must not follow. Mean over the representations, so that
   * a report's sum is what the language loss is made of.
   *
   * @param logits rows × vocabulary
   * @param row of the report's first representation
   * @throws IllegalStateException where the network gives what is no number
   */
  double[] after(int[] report, float[] logits, int row) {
    double[] mean = new double[vocabulary];
    for (int i = row; i < row + representations; i++) {
      add(penalised(report, logits, i * vocabulary), mean);
    }
    forbid(report, mean);
    return mean;
  }

  private double[] penalised(int[] report, float[] logits, int from) {
    double[] own = new double[vocabulary];
    for (int token = 0; token < vocabulary; token++) {
      own[token] = logits[from + token];
    }
    // The start token was not generated.
    Arrays.stream(report).skip(1).distinct().forEach(token -> own[token] = penalised(own[token]));
    return own;
  }

  private double penalised(double logit) {
    double penalty = options.repetitionPenalty();
    return logit > 0 ? logit / penalty : logit * penalty;
  }

  private void add(double[] logits, double[] mean) {
    double largest = Arrays.stream(logits).max().orElseThrow();
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - largest);
    }
    double normaliser = largest + Math.log(sum);
    if (!Double.isFinite(normaliser)) {
      throw new IllegalStateException(
          "the network gives logits that are not numbers: its weights are damaged");
    }
    for (int token = 0; token < vocabulary; token++) {
      mean[token] += (logits[token] - normaliser) / representations;
    }
  }

  private void forbid(int[] report, double[] logProbabilities) {
    logProbabilities[options.startToken()] = NEVER;
    options.forbidden().forEach(token -> logProbabilities[token] = NEVER);
    if (report.length + 1 < options.minTokens()) {
      logProbabilities[options.endToken()] = NEVER;
    }
    if (options.noRepeatNgram() > 0) {
      forbidRepeats(report, logProbabilities);
    }
  }

  /** What came behind an earlier occurrence of the last n − 1 tokens. */
  private void forbidRepeats(int[] report, double[] logProbabilities) {
    int before = options.noRepeatNgram() - 1;
    int last = report.length - before;
    for (int from = 0; from < last; from++) {
      if (Arrays.equals(report, from, from + before, report, last, report.length)) {
        logProbabilities[report[from + before]] = NEVER;
      }
    }
  }
}
