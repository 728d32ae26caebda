package io.radstream.model.explain;

import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.FusionKind;

/** How a value is found for each patch. */
public enum MapKind {
  /**
   * Attention, weighted by the gradient of the score, followed through all blocks (Chefer et al.,
   * 2021, "Generic Attention-model Explainability"): class activation for a transformer.
   */
  GRADIENT,
  /**
   * Class activation, as in the paper's figure 3 (Zhou et al., 2016): each patch's share in the
   * score, its features times the score's gradient for them. The study's vector must be made of
   * patches.
   */
  ACTIVATION,
  /**
   * Attention alone, followed through all blocks (Abnar and Zuidema, 2020). It is the same whatever
   * is asked for.
   */
  ATTENTION;

  /** Whether a network of this configuration has such a map. */
  public boolean fits(ModelConfig config) {
    return this != ACTIVATION || config.fusion().kind() != FusionKind.SIGMOID;
  }
}
