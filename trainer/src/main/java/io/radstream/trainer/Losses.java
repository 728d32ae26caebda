package io.radstream.trainer;

import io.radstream.model.StepResult;

/**
 * @param contrastive mean over studies
 * @param language mean over studies of the sum over a report's tokens
 */
public record Losses(double contrastive, double language) {

  static Losses of(StepResult result) {
    return new Losses(result.contrastive(), result.language());
  }

  /** What is minimised. */
  public double total() {
    return contrastive + language;
  }
}
