package io.radstream.model;

import io.radstream.model.WeightOrigin.Part;
import java.util.Optional;
import java.util.stream.Stream;

/** How Hugging Face's libraries name the weights of a transformer. */
enum PretrainedLayout {
  VIT(Part.RADIOGRAPH, "vit", "layernorm."),
  BERT(Part.TEXT, "bert", "pooler.");

  private static final String EMBEDDINGS = "embeddings.";
  private static final String BLOCKS = "encoder.layer.";

  private final Part part;
  private final String model;
  private final String last;

  /**
   * @param last group of weights, behind the blocks
   */
  PretrainedLayout(Part part, String model, String last) {
    this.part = part;
    this.model = model;
    this.last = last;
  }

  /** Of this network. */
  Part part() {
    return part;
  }

  /** The {@code model_type} of a configuration. */
  String model() {
    return model;
  }

  /** In front of the names of this network's weights. */
  String prefix() {
    return model + ".";
  }

  /**
   * The name in this network of a public tensor: with or without the model in front, and with the
   * names that normalisation had in TensorFlow; empty for tensors of heads.
   */
  Optional<String> ours(String theirs) {
    String inner = theirs.startsWith(prefix()) ? theirs.substring(prefix().length()) : theirs;
    if (Stream.of(EMBEDDINGS, BLOCKS, last).noneMatch(inner::startsWith)) {
      return Optional.empty();
    }
    return Optional.of(
        prefix()
            + inner
                .replaceFirst("LayerNorm\\.gamma$", "LayerNorm.weight")
                .replaceFirst("LayerNorm\\.beta$", "LayerNorm.bias"));
  }

  /** The block that a weight of this network belongs to; empty for other weights. */
  Optional<Integer> block(String ours) {
    String blocks = prefix() + BLOCKS;
    if (!ours.startsWith(blocks)) {
      return Optional.empty();
    }
    String number = ours.substring(blocks.length()).replaceFirst("\\..*", "");
    return number.matches("\\d{1,6}") ? Optional.of(Integer.valueOf(number)) : Optional.empty();
  }
}
