package io.radstream.trainer.config;

import io.radstream.model.config.InitialWeights;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.ImageEncoderKind;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.OptimizerConfig.Freeze;
import io.radstream.model.config.OptimizerConfig.Lookahead;
import java.nio.file.Path;
import java.util.List;

/** The paper's settings for learning labels from a pre-trained network (section 4.2). */
public final class FineTuning {

  private static final int BATCH = 128;
  private static final long WARMUP = 50;
  private static final long STEPS = 1_000;
  private static final long EVERY = 100;

  /**
   * @param rate first learning rate
   */
  private record Descent(OptimizerConfig optimizer, double rate) {}

  private static final Descent OF_TRANSFORMERS =
      new Descent(new OptimizerConfig(0.9, 1e-4, 0), 3e-3);

  /** "We fine-tune ResNet models using Adam"; the paper names no weight decay for it. */
  private static final Descent OF_OTHERS =
      new Descent(
          new OptimizerConfig(0.9, 0, 0, Lookahead.OFF, Freeze.NOTHING, OptimizerConfig.Kind.ADAM),
          1e-4);

  private FineTuning() {}

  /**
   * Stochastic gradient descent at 3e-3, or Adam at 1e-4 for a convolutional network, with batches
   * of 128, cross entropy for each finding, the augmentation of the pre-training, and the best
   * checkpoint by the AUC of validation. The paper names no number of steps.
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
    Descent descent = descent(pretrained.model().radiograph().encoder());
    return new RunConfig(
        line,
        pretrained.seed(),
        pretrained.threads(),
        BATCH,
        model(pretrained.model(), findings),
        descent.optimizer(),
        pretrained.compute(),
        new InitialWeights("", "", checkpoint.toAbsolutePath().normalize().toString()),
        new Schedule(Schedule.Shape.COSINE, descent.rate(), descent.rate(), WARMUP, STEPS),
        pretrained.augmentation(),
        new RunConfig.Validation(EVERY, pretrained.validation().maxStudies()),
        new RunConfig.Checkpoints(
            EVERY, pretrained.checkpoint().keepLast(), true, 0, RunConfig.Best.AUC),
        pretrained.data().withMinStudies(0),
        pretrained.labels().ofLabelledStudies(),
        List.of(),
        Follow.OFF,
        Drift.DEFAULT,
        pretrained.ledger(),
        pretrained.metricsEvery());
  }

  private static Descent descent(ImageEncoderKind encoder) {
    return encoder == ImageEncoderKind.TRANSFORMER ? OF_TRANSFORMERS : OF_OTHERS;
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
