package io.radstream.experiments.plan;

import java.util.Optional;

/** Where the weights come from that fine-tuning sets out from. */
public sealed interface Origin {

  /** The seed. */
  record Scratch(Network network) implements Origin {}

  /**
   * A public ViT.
   *
   * @param radiograph its directory in Hugging Face's layout
   */
  record PublicWeights(Network network, String radiograph) implements Origin {}

  /**
   * A checkpoint that is there already.
   *
   * @param directory of it
   */
  record Stored(String directory) implements Origin {}

  /**
   * A run of its own.
   *
   * @param source that it learns from
   * @param steps that it takes
   * @param base another initialisation, whose weights it sets out from; empty for the seed's
   */
  record Pretrained(Network network, String source, long steps, Optional<String> base)
      implements Origin {}
}
