package io.radstream.trainer.config;

import io.radstream.model.config.InitialWeights;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.OptimizerConfig;
import java.nio.file.Path;
import java.util.List;

/** The paper's settings for learning labels from a pre-trained network (section 4.2). */
public final class FineTuning {

  private static final int BATCH = 128;
  private static final double RATE = 3e-3;
  private static final long WARMUP = 50;
  private static final long STEPS = 1_000;
  private static final long EVERY = 100;
  private static final OptimizerConfig OPTIMIZER = new OptimizerConfig(0.9, 1e-4, 0);

  private FineTuning() {}

  /**
   * Stochastic gradient descent at 3e-3 with batches of 128, cross entropy for each finding, and
   * the augmentation of the pre-training. The paper names no number of steps.
   *
   * @param pretrained settings of the run that wrote the checkpoint
   * @param checkpoint its directory
   * @param findings to be learned, as they are named on the labels topic
   * @param line of the new network
   * @throws InvalidConfigException where there are no findings
   */
  public static RunConfig of(
      RunConfig pretrained, Path checkpoint, List<String> findings, String line) {
    RunConfig.require(!findings.isEmpty(), "model.findings (at least one)", findings);
    return new RunConfig(
        line,
        pretrained.seed(),
        pretrained.threads(),
        BATCH,
        model(pretrained.model(), findings),
        OPTIMIZER,
        pretrained.compute(),
        new InitialWeights("", "", checkpoint.toAbsolutePath().normalize().toString()),
        new Schedule(Schedule.Shape.COSINE, RATE, RATE, WARMUP, STEPS),
        pretrained.augmentation(),
        new RunConfig.Validation(EVERY, pretrained.validation().maxStudies()),
        new RunConfig.Checkpoints(EVERY, pretrained.checkpoint().keepLast(), true, 0),
        pretrained.data(),
        pretrained.labels().ofLabelledStudies(),
        List.of(),
        Follow.OFF,
        Drift.DEFAULT,
        pretrained.ledger(),
        pretrained.metricsEvery());
  }

  private static ModelConfig model(ModelConfig pretrained, List<String> findings) {
    Objectives old = pretrained.objectives();
    return new ModelConfig(
        pretrained.radiograph(),
        pretrained.fusion(),
        pretrained.report(),
        pretrained.text(),
        new Objectives(0, 0, 1, old.temperature(), old.studyToReport(), old.languageMean()),
        findings);
  }
}
