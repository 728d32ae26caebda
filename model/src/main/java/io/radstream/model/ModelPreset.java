package io.radstream.model;

import io.radstream.model.ModelConfig.Fusion;
import io.radstream.model.ModelConfig.Radiograph;
import io.radstream.model.ModelConfig.Transformer;

/** Named network shapes. */
public enum ModelPreset {
  /** Learns visibly in minutes on two CPU cores. */
  TINY,
  /** Half the paper's width, for a workstation. */
  SMALL,
  /** The paper's network. */
  BASE;

  /** The shape with this vocabulary. */
  public ModelConfig config(int vocabulary) {
    return switch (this) {
      case TINY ->
          new ModelConfig(
              vocabulary,
              new Radiograph(64, 8, 64, 3, 4, 256),
              new Fusion(64),
              new Transformer(64, 1, 4, 256, 64, 0),
              // One layer could not tell "no effusion" from "effusion": a word must first meet the
              // word beside it.
              new Transformer(64, 2, 4, 256, 64, 0),
              0.07,
              // About one over a report's length: with the sum over its tokens so few, so fast
              // steps
              // would follow the language loss alone.
              1.0 / 32);
      case SMALL ->
          new ModelConfig(
              vocabulary,
              new Radiograph(224, 16, 384, 6, 6, 1536),
              new Fusion(384),
              new Transformer(256, 3, 4, 1024, 100, 0.1),
              new Transformer(384, 6, 6, 1536, 100, 0.1),
              0.1,
              1);
      case BASE ->
          new ModelConfig(
              vocabulary,
              new Radiograph(224, 16, 768, 12, 12, 3072),
              new Fusion(768),
              new Transformer(512, 6, 8, 2048, 100, 0.1),
              new Transformer(768, 12, 12, 3072, 100, 0.1),
              0.1,
              1);
    };
  }
}
