package io.radstream.model.config;

import static io.radstream.model.config.ModelConfig.ImageEncoderKind.TRANSFORMER;

import io.radstream.model.config.ModelConfig.Decoder;
import io.radstream.model.config.ModelConfig.Encoder;
import io.radstream.model.config.ModelConfig.Fusion;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.ModelConfig.PatchPositions;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.config.ModelConfig.Residual;
import io.radstream.model.config.ModelConfig.TokenPositions;
import java.util.List;

/** Named network shapes. */
public enum ModelPreset {
  /** Learns visibly in minutes on two CPU cores. */
  TINY,
  /** Half the paper's width, for a workstation. */
  SMALL,
  /** The paper's network. */
  BASE;

  /** The paper's network, both text parts with one vocabulary. */
  public ModelConfig config(int vocabulary) {
    return config(ModelVariant.PAPER, vocabulary, vocabulary);
  }

  /**
   * @param report vocabulary of the report transformer
   * @param text vocabulary of the report encoder
   */
  public ModelConfig config(ModelVariant variant, int report, int text) {
    boolean paper = variant == ModelVariant.PAPER;
    double temperature = this == TINY ? 0.07 : 0.1;
    return new ModelConfig(
        radiograph(paper),
        new Fusion(paper ? FusionKind.SOFTMAX : FusionKind.SIGMOID, radiograph(paper).width()),
        decoder(paper, report),
        encoder(text),
        paper ? Objectives.paper(temperature, language()) : Objectives.released(temperature, 1),
        List.of());
  }

  private Radiograph radiograph(boolean paper) {
    Activation activation = paper ? Activation.RELU : Activation.GELU;
    PatchPositions positions = paper ? PatchPositions.CONCATENATED : PatchPositions.ADDED;
    Recurrence recurrence = paper ? Recurrence.CONCATENATED : Recurrence.ADDED;
    return switch (this) {
      case TINY ->
          new Radiograph(
              TRANSFORMER, 64, 8, 64, 3, 4, 256, activation, positions, recurrence, residual());
      case SMALL ->
          new Radiograph(
              TRANSFORMER, 224, 16, 384, 6, 6, 1536, activation, positions, recurrence, residual());
      case BASE ->
          new Radiograph(
              TRANSFORMER,
              224,
              16,
              768,
              12,
              12,
              3072,
              activation,
              positions,
              recurrence,
              residual());
    };
  }

  /** What table 3, row 1, has in place of the transformer is ResNet-101. */
  private Residual residual() {
    return switch (this) {
      case TINY -> new Residual(List.of(1, 1, 1), false, 16);
      case SMALL -> new Residual(List.of(2, 2, 2, 2), false, 64);
      case BASE -> new Residual(List.of(3, 4, 23, 3), true, 64);
    };
  }

  /** The paper names no size; in its place stands the base model of Vaswani et al., 2017. */
  private Decoder decoder(boolean paper, int vocabulary) {
    Activation activation = paper ? Activation.RELU : Activation.GELU;
    TokenPositions positions = paper ? TokenPositions.SINUSOIDAL : TokenPositions.LEARNED;
    return switch (this) {
      case TINY -> new Decoder(vocabulary, 64, 1, 4, 256, 64, 0, activation, positions);
      case SMALL ->
          paper
              ? new Decoder(vocabulary, 256, 3, 4, 1024, 100, 0.1, activation, positions)
              : new Decoder(vocabulary, 512, 1, 8, 2048, 100, 0.1, activation, positions);
      case BASE ->
          paper
              ? new Decoder(vocabulary, 512, 6, 8, 2048, 100, 0.1, activation, positions)
              : new Decoder(vocabulary, 1024, 1, 16, 4096, 100, 0.1, activation, positions);
    };
  }

  private Encoder encoder(int vocabulary) {
    return switch (this) {
      // One layer could not tell "no effusion" from "effusion": a word must first meet the word
      // beside it.
      case TINY -> new Encoder(vocabulary, 64, 2, 4, 256, 64, 0);
      case SMALL -> new Encoder(vocabulary, 384, 6, 6, 1536, 100, 0.1);
      case BASE -> new Encoder(vocabulary, 768, 12, 12, 3072, 100, 0.1);
    };
  }

  private double language() {
    // About one over a report's length: with the sum over its tokens so few, so fast steps would
    // follow the language loss alone.
    return this == TINY ? 1.0 / 32 : 1;
  }
}
