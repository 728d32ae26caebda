package io.radstream.model;

import static java.util.Objects.requireNonNull;

/**
 * Directories of weights that a new network starts from.
 *
 * @param radiograph holds a ViT for the radiograph transformer in Hugging Face's layout; empty for
 *     none
 * @param text holds a BERT for the report encoder in Hugging Face's layout; empty for none
 * @param checkpoint of a network of the same shape, which may have learned from reports what this
 *     one is to learn from labels; empty for none
 */
public record InitialWeights(String radiograph, String text, String checkpoint) {

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

  /** Public weights only. */
  public InitialWeights(String radiograph, String text) {
    this(radiograph, text, "");
  }
}
