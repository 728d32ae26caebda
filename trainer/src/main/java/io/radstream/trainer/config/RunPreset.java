package io.radstream.trainer.config;

import io.radstream.model.Compute;
import io.radstream.model.ModelPreset;
import io.radstream.model.OptimizerConfig;
import io.radstream.trainer.config.RunConfig.Checkpoints;
import io.radstream.trainer.config.RunConfig.Data;
import io.radstream.trainer.config.RunConfig.Validation;

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
  private static final double MAX_GRADIENT_NORM = 10;

  /**
   * @param line model line
   * @param vocabulary number of token ids of the run's tokenizer
   */
  public RunConfig config(String line, int vocabulary) {
    return switch (this) {
      case TINY ->
          new RunConfig(
              line,
              1,
              // Its operations are too small to be worth dividing; the other cores decode and
              // serve.
              1,
              32,
              ModelPreset.TINY.config(vocabulary),
              new OptimizerConfig(MOMENTUM, WEIGHT_DECAY, 1),
              Compute.PLAIN,
              new Schedule(0.1, 0.1, 100, 1_800),
              Augmentation.paper(),
              new Validation(150, 512),
              new Checkpoints(150, 3, true),
              new Data(0, 1, 4, 256),
              1);
      case SMALL ->
          new RunConfig(
              line,
              1,
              Runtime.getRuntime().availableProcessors(),
              32,
              ModelPreset.SMALL.config(vocabulary),
              new OptimizerConfig(MOMENTUM, WEIGHT_DECAY, MAX_GRADIENT_NORM),
              Compute.PLAIN,
              new Schedule(3e-3, 3e-3, 1_000, 30_000),
              Augmentation.paper(),
              new Validation(1_000, 1_000),
              new Checkpoints(1_000, 3, true),
              new Data(0, 2, 4, 512),
              10);
      case BASE ->
          new RunConfig(
              line,
              1,
              Runtime.getRuntime().availableProcessors(),
              32,
              ModelPreset.BASE.config(vocabulary),
              new OptimizerConfig(MOMENTUM, WEIGHT_DECAY, 0),
              Compute.PLAIN,
              new Schedule(3e-3, 3e-4, 10_000, 300_000),
              Augmentation.paper(),
              new Validation(5_000, 1_000),
              new Checkpoints(5_000, 3, true),
              new Data(0, 4, 8, 1_024),
              10);
    };
  }
}
