package io.radstream.model.config;

import static java.util.Objects.requireNonNull;

/**
 * Directories of weights that a new network starts from.
 *
 * @param radiograph holds a ViT for the radiograph transformer in Hugging Face's layout; empty for
 *     none
 * @param text holds a BERT for the report encoder in Hugging Face's layout; empty for none
 * @param checkpoint of a network of the same shape, which may have learned from reports what this
 *     one is to learn from labels; empty for none
 * @param partial whether weights of a public network that its directory lacks may start at random
 */
public record InitialWeights(String radiograph, String text, String checkpoint, boolean partial) {

  /** Every weight is drawn from the seed. */
  public static final InitialWeights NONE = new InitialWeights("", "", "");

  public InitialWeights {
    requireNonNull(radiograph, "initial.radiograph");
    requireNonNull(text, "initial.text");
    requireNonNull(checkpoint, "initial.checkpoint");
    ModelConfig.require(
        checkpoint.isEmpty() || (radiograph.isEmpty() && text.isEmpty()),
        "initial.checkpoint (not beside initial.radiograph or initial.text)",
        checkpoint);
  }

  /** Whether any are from a directory in Hugging Face's layout. */
  public boolean hasPublic() {
    return !radiograph.isEmpty() || !text.isEmpty();
  }

  /** Public weights only, and whole ones. */
  public InitialWeights(String radiograph, String text) {
    this(radiograph, text, "");
  }

  /** Whole ones. */
  public InitialWeights(String radiograph, String text, String checkpoint) {
    this(radiograph, text, checkpoint, false);
  }

  /** Whether both give the same weights, if they give any. */
  public boolean givesLike(InitialWeights other) {
    return radiograph.equals(other.radiograph)
        && text.equals(other.text)
        && checkpoint.equals(other.checkpoint);
  }
}
