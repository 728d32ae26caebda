package io.radstream.model.explain;

import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.ModelConfig.ImageEncoderKind;
import java.util.Optional;

/** How a value is found for each patch. */
public enum MapKind {
  /**
   * Attention, weighted by the gradient of the score, followed through all blocks (Chefer et al.,
   * 2021, "Generic Attention-model Explainability"): class activation for a transformer. Of a
   * convolutional network Grad-CAM (Selvaraju et al., 2017): what a place has of each feature, the
   * features weighted by the mean of the score's gradient over the places.
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
   * is asked for. A convolutional network has none.
   */
  ATTENTION;

  private static final String NOT_OF_PATCHES =
      "the study vector of this network is not made of patches";
  private static final String NO_ATTENTION =
      "the image encoder of this network is convolutional and has no attention";

  /** Whether a network of this configuration has such a map. */
  public boolean fits(ModelConfig config) {
    return whyNot(config).isEmpty();
  }

  /** Why a network of this configuration has no such map; empty where it has one. */
  Optional<String> whyNot(ModelConfig config) {
    boolean convolutional = config.radiograph().encoder() == ImageEncoderKind.CONVOLUTIONAL;
    boolean ofPatches = config.fusion().kind() != FusionKind.SIGMOID;
    return switch (this) {
      case GRADIENT -> convolutional && !ofPatches ? Optional.of(NOT_OF_PATCHES) : Optional.empty();
      case ACTIVATION -> ofPatches ? Optional.empty() : Optional.of(NOT_OF_PATCHES);
      case ATTENTION -> convolutional ? Optional.of(NO_ATTENTION) : Optional.empty();
    };
  }
}
