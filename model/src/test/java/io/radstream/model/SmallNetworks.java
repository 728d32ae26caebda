package io.radstream.model;

import io.radstream.model.ModelConfig.Decoder;
import io.radstream.model.ModelConfig.Encoder;
import io.radstream.model.ModelConfig.Fusion;
import io.radstream.model.ModelConfig.FusionKind;
import io.radstream.model.ModelConfig.PatchPositions;
import io.radstream.model.ModelConfig.Radiograph;
import io.radstream.model.ModelConfig.Recurrence;
import io.radstream.model.ModelConfig.TokenPositions;
import java.util.List;
import java.util.Random;

/** Networks and batches that take milliseconds. */
final class SmallNetworks {

  static final int REPORT_VOCABULARY = 50;
  static final int TEXT_VOCABULARY = 60;

  private static final int SIDE = 32;

  private SmallNetworks() {}

  static ModelConfig paper(double dropout) {
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

  static ModelConfig released(double dropout) {
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

  static ModelConfig with(ModelConfig config, Fusion fusion) {
    return new ModelConfig(
        config.radiograph(),
        fusion,
        config.report(),
        config.text(),
        config.objectives(),
        config.findings());
  }

  static ModelConfig with(ModelConfig config, Objectives objectives, List<String> findings) {
    return new ModelConfig(
        config.radiograph(), config.fusion(), config.report(), config.text(), objectives, findings);
  }

  static ModelConfig with(ModelConfig config, Recurrence recurrence) {
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
  static StudyBatch batch(int studies, long seed) {
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
