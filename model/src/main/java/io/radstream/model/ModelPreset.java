package io.radstream.model;

import io.radstream.model.ModelConfig.Fusion;
import io.radstream.model.ModelConfig.Radiograph;
import io.radstream.model.ModelConfig.Transformer;

/** Named network shapes. */
public enum ModelPreset {
  /** Learns visibly in minutes on two CPU cores. */
  TINY,
  /** A quarter of the paper's width, for a workstation. */
  SMALL,
  /** The paper's network. */
  BASE;

  /** The shape with this vocabulary. */
  public ModelConfig config(int vocabulary) {
    return switch (this) {
      case TINY ->
          new ModelConfig(
              vocabulary,
              new Radiograph(64, 8, 96, 4, 4, 384),
              new Fusion(96),
              new Transformer(96, 2, 4, 384, 64, 0),
              new Transformer(96, 2, 4, 384, 64, 0),
              0.1);
      case SMALL ->
          new ModelConfig(
              vocabulary,
              new Radiograph(224, 16, 384, 6, 6, 1536),
              new Fusion(384),
              new Transformer(256, 3, 4, 1024, 100, 0.1),
              new Transformer(384, 6, 6, 1536, 100, 0.1),
              0.1);
      case BASE ->
          new ModelConfig(
              vocabulary,
              new Radiograph(224, 16, 768, 12, 12, 3072),
              new Fusion(768),
              new Transformer(512, 6, 8, 2048, 100, 0.1),
              new Transformer(768, 12, 12, 3072, 100, 0.1),
              0.1);
    };
  }
}
