package io.radstream.model;

import static java.util.Objects.requireNonNull;

/**
 * Directories of public weights that a new network starts from, in Hugging Face's layout.
 *
 * @param radiograph holds a ViT for the radiograph transformer; empty for none
 * @param text holds a BERT for the report encoder; empty for none
 */
public record InitialWeights(String radiograph, String text) {

  /** Every weight is drawn from the seed. */
  public static final InitialWeights NONE = new InitialWeights("", "");

  public InitialWeights {
    requireNonNull(radiograph, "initial.radiograph");
    requireNonNull(text, "initial.text");
  }
}
