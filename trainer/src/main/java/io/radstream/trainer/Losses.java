package io.radstream.trainer;

import io.radstream.model.StepResult;

/**
 * Losses of a step.
 *
 * @param contrastive mean over studies
 * @param language mean over studies of the sum over a report's tokens
 * @param total what is minimised: both, the language loss weighted
 */
public record Losses(double contrastive, double language, double total) {

  static Losses of(StepResult result) {
    return new Losses(result.contrastive(), result.language(), result.loss());
  }
}
