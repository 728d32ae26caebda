package io.radstream.model.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.model.config.Activation;
import io.radstream.model.config.ModelConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What public weights and a part of this network must have in common.
 *
 * @param layers blocks; may differ
 * @param activation may differ
 */
record PretrainedShape(
    PretrainedLayout layout, int width, int heads, int mlp, int layers, Activation activation) {

  private static final double EPSILON = 1e-12;

  /** A setting of this network and its name in a public configuration. */
  private record Setting(String theirs, String ours, int value) {

    boolean fits(JsonNode config) {
      return config.path(theirs).asInt() == value;
    }
  }

  static PretrainedShape of(ModelConfig.Radiograph config) {
    return new PretrainedShape(
        PretrainedLayout.VIT,
        config.width(),
        config.heads(),
        config.mlp(),
        config.layers(),
        config.activation());
  }

  static PretrainedShape of(ModelConfig.Encoder config) {
    return new PretrainedShape(
        PretrainedLayout.BERT,
        config.width(),
        config.heads(),
        config.mlp(),
        config.layers(),
        Activation.GELU);
  }

  /**
   * @throws IOException where the weights are of another model or of other widths; the message says
   *     what to set
   */
  void requireFit(PretrainedDirectory directory) throws IOException {
    String type = directory.config().path("model_type").asText(layout.model());
    if (!type.equals(layout.model())) {
      throw new IOException(
          "%s holds a model of type %s, but a %s is needed"
              .formatted(directory.path(), type, layout.model()));
    }
    for (Setting setting : settings()) {
      if (!directory.config().path(setting.theirs()).isIntegralNumber()) {
        throw new IOException(
            "config.json in %s has no number %s".formatted(directory.path(), setting.theirs()));
      }
    }
    List<String> differences = new ArrayList<>();
    List<String> remedies = new ArrayList<>();
    settings().stream()
        .filter(setting -> !setting.fits(directory.config()))
        .forEach(
            setting -> {
              String theirs = directory.config().path(setting.theirs()).asText();
              differences.add(
                  "%s is %s where %s is %d"
                      .formatted(setting.theirs(), theirs, setting.ours(), setting.value()));
              remedies.add("%s=%s".formatted(setting.ours(), theirs));
            });
    if (!differences.isEmpty()) {
      throw new IOException(
          "%s has other widths than this network: %s; set %s, or take weights of this network's widths"
              .formatted(
                  directory.path(),
                  String.join(", ", differences),
                  String.join(" and ", remedies)));
    }
  }

  private List<Setting> settings() {
    String section = layout.settings();
    return List.of(
        new Setting("hidden_size", section + "width", width),
        new Setting("num_attention_heads", section + "heads", heads),
        new Setting("intermediate_size", section + "mlp", mlp));
  }

  /** What differs without being in the way of the weights. */
  List<String> remarks(PretrainedDirectory directory) {
    List<String> remarks = new ArrayList<>();
    String ours = activation.name().toLowerCase(Locale.ROOT);
    String theirs = directory.config().path("hidden_act").asText(ours);
    if (!theirs.equals(ours)) {
      remarks.add(
          "%s was trained with the activation %s, this network has %s"
              .formatted(directory.path(), theirs, ours));
    }
    double epsilon = directory.config().path("layer_norm_eps").asDouble(EPSILON);
    if (epsilon != EPSILON) {
      remarks.add(
          "%s was trained with layer_norm_eps %s, this network has %s"
              .formatted(directory.path(), epsilon, EPSILON));
    }
    return List.copyOf(remarks);
  }
}
