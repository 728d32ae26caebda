package io.radstream.model;

/**
 * What the sums over a whole batch are divided by.
 *
 * @param language reports, or predicted tokens
 * @param labels labels that are known
 */
record LossDivisors(double language, double labels) {

  static LossDivisors of(StudyBatch batch, ModelConfig config) {
    return new LossDivisors(
        Losses.languageDivisor(
            config.objectives().languageMean(), batch.cutTokens(config.report().maxTokens())),
        batch.knownLabels());
  }
}
