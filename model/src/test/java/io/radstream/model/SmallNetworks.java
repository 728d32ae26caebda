package io.radstream.model;

import io.radstream.model.config.Activation;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Decoder;
import io.radstream.model.config.ModelConfig.Encoder;
import io.radstream.model.config.ModelConfig.Fusion;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.ModelConfig.PatchPositions;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.config.ModelConfig.TokenPositions;
import io.radstream.model.config.Objectives;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.ViewFusion;
import java.util.List;
import java.util.Random;

/** Networks and batches that take milliseconds. */
public final class SmallNetworks {

  public static final int REPORT_VOCABULARY = 50;
  static final int TEXT_VOCABULARY = 60;

  private static final int SIDE = 32;

  private SmallNetworks() {}

  public static ModelConfig paper(double dropout) {
    return new ModelConfig(
        new Radiograph(
            SIDE,
            8,
            24,
            2,
            2,
            48,
            Activation.RELU,
            PatchPositions.CONCATENATED,
            Recurrence.CONCATENATED),
        new Fusion(FusionKind.SOFTMAX, 16),
        new Decoder(
            REPORT_VOCABULARY,
            16,
            1,
            2,
            32,
            12,
            dropout,
            Activation.RELU,
            TokenPositions.SINUSOIDAL),
        new Encoder(TEXT_VOCABULARY, 16, 2, 2, 32, 12, dropout),
        Objectives.paper(0.1, 1),
        List.of());
  }

  public static ModelConfig released(double dropout) {
    return new ModelConfig(
        new Radiograph(
            SIDE, 8, 24, 2, 2, 48, Activation.GELU, PatchPositions.ADDED, Recurrence.ADDED),
        new Fusion(FusionKind.SIGMOID, 16),
        new Decoder(
            REPORT_VOCABULARY, 16, 1, 2, 32, 12, dropout, Activation.GELU, TokenPositions.LEARNED),
        new Encoder(TEXT_VOCABULARY, 16, 2, 2, 32, 12, dropout),
        Objectives.released(0.1, 1),
        List.of());
  }

  public static ModelConfig with(ModelConfig config, Fusion fusion) {
    return new ModelConfig(
        config.radiograph(),
        fusion,
        config.report(),
        config.text(),
        config.objectives(),
        config.findings());
  }

  public static ModelConfig with(ModelConfig config, Objectives objectives, List<String> findings) {
    return new ModelConfig(
        config.radiograph(), config.fusion(), config.report(), config.text(), objectives, findings);
  }

  public static ModelConfig with(ModelConfig config, Recurrence recurrence) {
    Radiograph old = config.radiograph();
    return new ModelConfig(
        new Radiograph(
            old.imageSize(),
            old.patchSize(),
            old.width(),
            old.layers(),
            old.heads(),
            old.mlp(),
            old.activation(),
            old.positions(),
            recurrence),
        config.fusion(),
        config.report(),
        config.text(),
        config.objectives(),
        config.findings());
  }

  /** Studies of three different views, with reports of different lengths in both vocabularies. */
  public static StudyBatch batch(int studies, long seed) {
    Random random = new Random(seed);
    float[] images = new float[studies * ViewFusion.VIEWS * SIDE * SIDE];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    int[][] tokens = new int[studies][];
    int[][] encoderTokens = new int[studies][];
    for (int i = 0; i < studies; i++) {
      int length = 4 + random.nextInt(7);
      tokens[i] = random.ints(length, 0, REPORT_VOCABULARY).toArray();
      encoderTokens[i] = random.ints(length + 1, 0, TEXT_VOCABULARY).toArray();
    }
    return new StudyBatch(images, tokens, encoderTokens, new float[studies][0]);
  }
}
