package io.radstream.trainer.config;

import io.radstream.model.config.Compute;
import io.radstream.model.config.InitialWeights;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.ModelVariant;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.OptimizerConfig.Freeze;
import io.radstream.model.config.OptimizerConfig.Lookahead;
import io.radstream.model.config.Precision;
import io.radstream.model.config.Program;
import io.radstream.trainer.config.RunConfig.Checkpoints;
import io.radstream.trainer.config.RunConfig.Data;
import io.radstream.trainer.config.RunConfig.Ledger;
import io.radstream.trainer.config.RunConfig.Validation;
import io.radstream.trainer.config.Schedule.Shape;
import java.util.List;

/** Named run configurations, to start from. */
public enum RunPreset {
  /** Learns visibly in minutes on two CPU cores. */
  TINY,
  /** Half the paper's width, for a workstation. */
  SMALL,
  /** The paper's network and schedule. */
  BASE;

  private static final double MOMENTUM = 0.9;
  private static final double WEIGHT_DECAY = 1e-4;
  private static final double RELEASED_GRADIENT_NORM = 10;
  private static final Lookahead RELEASED_LOOKAHEAD = new Lookahead(5, 0.5);

  /**
   * The paper's network, both text parts with one vocabulary.
   *
   * @param line model line
   * @param vocabulary number of token ids of the run's tokenizer
   */
  public RunConfig config(String line, int vocabulary) {
    return config(line, ModelVariant.PAPER, vocabulary, vocabulary);
  }

  /**
   * @param line model line
   * @param reportVocabulary number of token ids of the report transformer's tokenizer
   * @param textVocabulary the same of the report encoder's
   */
  public RunConfig config(
      String line, ModelVariant variant, int reportVocabulary, int textVocabulary) {
    return new RunConfig(
        line,
        1,
        threads(),
        32,
        shape().config(variant, reportVocabulary, textVocabulary),
        optimizer(variant),
        new Compute(Precision.FLOAT32, 0, Program.AUTO),
        InitialWeights.NONE,
        schedule(),
        Augmentation.paper(),
        validation(),
        checkpoints(),
        data(),
        LabelRules.DEFAULT,
        List.of(),
        Follow.OFF,
        Drift.DEFAULT,
        ledger(),
        this == TINY ? 1 : 10);
  }

  private ModelPreset shape() {
    return switch (this) {
      case TINY -> ModelPreset.TINY;
      case SMALL -> ModelPreset.SMALL;
      case BASE -> ModelPreset.BASE;
    };
  }

  private int threads() {
    // Operations of the tiny network are too small to be worth dividing; the other cores decode
    // and serve.
    return this == TINY ? 1 : processors();
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private OptimizerConfig optimizer(ModelVariant variant) {
    if (variant == ModelVariant.PAPER) {
      return new OptimizerConfig(MOMENTUM, WEIGHT_DECAY, maxGradientNorm());
    }
    return new OptimizerConfig(
        MOMENTUM,
        WEIGHT_DECAY,
        // The tiny network's steps are large: they keep the bound that they were chosen with.
        this == TINY ? maxGradientNorm() : RELEASED_GRADIENT_NORM,
        RELEASED_LOOKAHEAD,
        new Freeze(0, frozenTextLayers()));
  }

  private double maxGradientNorm() {
    return switch (this) {
      case TINY -> 1;
      case SMALL -> 10;
      case BASE -> 0;
    };
  }

  /** Half of the encoder. */
  private int frozenTextLayers() {
    return switch (this) {
      case TINY -> 1;
      case SMALL -> 3;
      case BASE -> 6;
    };
  }

  private Schedule schedule() {
    return switch (this) {
      case TINY -> new Schedule(Shape.COSINE, 0.1, 0.1, 100, 1_800);
      case SMALL -> new Schedule(Shape.COSINE, 3e-3, 3e-3, 1_000, 30_000);
      case BASE -> new Schedule(Shape.COSINE, 3e-3, 3e-4, 10_000, 300_000);
    };
  }

  private Validation validation() {
    return switch (this) {
      case TINY -> new Validation(150, 512);
      case SMALL -> new Validation(1_000, 1_000);
      case BASE -> new Validation(5_000, 1_000);
    };
  }

  private Checkpoints checkpoints() {
    return switch (this) {
      case TINY -> new Checkpoints(150, 3, true, 0);
      case SMALL -> new Checkpoints(1_000, 3, true, 0);
      case BASE -> new Checkpoints(5_000, 3, true, 0);
    };
  }

  private Ledger ledger() {
    return switch (this) {
      case TINY -> new Ledger(10);
      case SMALL -> new Ledger(100);
      case BASE -> new Ledger(1_000);
    };
  }

  private Data data() {
    return switch (this) {
      case TINY -> new Data(0, 1, 4, 256);
      case SMALL -> new Data(0, processors(), 4, 512);
      case BASE -> new Data(0, processors(), 8, 1_024);
    };
  }
}
