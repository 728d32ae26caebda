package io.radstream.model.pretrained;

import io.radstream.model.pretrained.WeightOrigin.Part;

/**
 * A public transformer that a part of the network can start from.
 *
 * @param part of this network
 * @param model the {@code model_type} of a configuration
 * @param settings in front of the names of the part's settings
 * @param names of its weights
 */
record PretrainedLayout(Part part, String model, String settings, PublicNames names) {

  static final PretrainedLayout VIT =
      new PretrainedLayout(Part.RADIOGRAPH, "vit", "model.radiograph.", PublicNames.vit());
  static final PretrainedLayout BERT =
      new PretrainedLayout(Part.TEXT, "bert", "model.text.", PublicNames.bert());

  /** In front of the names of this network's weights. */
  String prefix() {
    return names.prefix();
  }
}
