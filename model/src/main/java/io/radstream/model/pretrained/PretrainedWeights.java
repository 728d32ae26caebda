package io.radstream.model.pretrained;

import io.radstream.model.config.InitialWeights;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.ImageEncoderKind;
import io.radstream.model.weights.SeededWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Public weights that were found to fit a network. */
public final class PretrainedWeights {

  private final List<PretrainedPart> parts;

  private PretrainedWeights(List<PretrainedPart> parts) {
    this.parts = parts;
  }

  /**
   * Reads configurations, names and shapes; no tensor yet.
   *
   * @param tokens of the report encoder, by id; public word embeddings are looked up by them
   * @throws IOException where a directory cannot be read, or its weights do not fit the network;
   *     the message says what to do
   */
  public static PretrainedWeights open(
      InitialWeights initial, ModelConfig config, List<String> tokens) throws IOException {
    List<PretrainedPart> parts = new ArrayList<>();
    if (!initial.radiograph().isEmpty()) {
      requireTransformer(config);
      parts.add(
          PretrainedPart.open(
              Path.of(initial.radiograph()),
              PretrainedShape.of(config.radiograph()),
              initial.partial(),
              VitAdaptation.adaptations()));
    }
    if (!initial.text().isEmpty()) {
      if (config.objectives().contrastive() == 0) {
        throw new IOException(
            "initial.text is given, but without model.objectives.contrastive this network has no"
                + " report encoder");
      }
      Path path = Path.of(initial.text());
      BertAdaptation adaptation =
          new BertAdaptation(List.copyOf(tokens), PretrainedVocabulary.in(path));
      parts.add(
          PretrainedPart.open(
              path,
              PretrainedShape.of(config.text()),
              initial.partial(),
              adaptation.adaptations()));
    }
    return new PretrainedWeights(List.copyOf(parts));
  }

  private static void requireTransformer(ModelConfig config) throws IOException {
    if (config.radiograph().encoder() != ImageEncoderKind.TRANSFORMER) {
      throw new IOException(
          "initial.radiograph is given, a vision transformer's weights, but"
              + " model.radiograph.encoder is convolutional: leave it out, or set"
              + " model.radiograph.encoder=transformer");
    }
  }

  /** What differs between the public networks and this one without being in the way. */
  public List<String> remarks() {
    return parts.stream().flatMap(part -> part.shape().remarks(part.directory()).stream()).toList();
  }

  public PretrainedSource source(SeededWeights seeded, Consumer<WeightOrigin> origins) {
    return new PretrainedSource(parts, seeded, origins);
  }
}
