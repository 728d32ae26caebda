package io.radstream.model.objective;

import io.radstream.model.config.ModelConfig;
import io.radstream.model.network.StudyBatch;

/**
 * What the sums over a whole batch are divided by.
 *
 * @param language reports, or predicted tokens
 * @param labels labels that are known
 */
public record LossDivisors(double language, double labels) {

  public static LossDivisors of(StudyBatch batch, ModelConfig config) {
    return new LossDivisors(
        Losses.languageDivisor(
            config.objectives().languageMean(), batch.cutTokens(config.report().maxTokens())),
        batch.knownLabels());
  }
}
