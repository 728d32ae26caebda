package io.radstream.model.measure;

import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Decoder;
import io.radstream.model.config.ModelConfig.Encoder;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.ModelConfig.PatchPositions;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.network.ViewFusion;

/**
 * Floating-point operations of the forward pass of one study: products of matrices, two for a
 * multiplication with its addition. All else is small beside them.
 */
record StudyWork(ModelConfig config) {

  /** rows × inputs by inputs × outputs. */
  private static long product(long rows, long inputs, long outputs) {
    return 2 * rows * inputs * outputs;
  }

  /** Scores and their product with the values, of all heads. */
  private static long attention(long tokens, long memory, long width) {
    return 2 * product(tokens, width, memory);
  }

  private static long perceptron(long tokens, long width, long hidden) {
    return 2 * product(tokens, width, hidden);
  }

  /** Self-attention with its four linear layers. */
  private static long self(long tokens, long width) {
    return 4 * product(tokens, width, width) + attention(tokens, tokens, width);
  }

  /** The radiograph transformer, three times. */
  long radiographs() {
    Radiograph vit = config.radiograph();
    long patches = vit.patches();
    long tokens = patches + 1;
    long width = vit.width();
    long work = product(patches, (long) vit.patchSize() * vit.patchSize(), width);
    if (vit.positions() == PatchPositions.CONCATENATED) {
      work += product(tokens, 2 * width, width);
    }
    work += vit.layers() * (self(tokens, width) + perceptron(tokens, width, vit.mlp()));
    if (vit.recurrence() == Recurrence.CONCATENATED) {
      work += product(patches, 2 * width, width);
    }
    return ViewFusion.VIEWS * work;
  }

  long fusion() {
    long concatenated = (long) ViewFusion.VIEWS * config.radiograph().width();
    long hidden = config.fusion().hidden();
    return switch (config.fusion().kind()) {
      case SOFTMAX -> product(1, concatenated, hidden) + product(1, hidden, ViewFusion.VIEWS);
      case SIGMOID -> product(config.radiograph().patches(), concatenated, ViewFusion.VIEWS);
      case NONE -> 0;
    };
  }

  /**
   * @param tokens start and end token among them; the end token predicts nothing
   */
  long report(long tokens) {
    Decoder decoder = config.report();
    long width = decoder.width();
    long memory = places();
    long block =
        self(tokens, width)
            + 2 * product(tokens, width, width)
            + 2 * product(memory, width, width)
            + attention(tokens, memory, width)
            + perceptron(tokens, width, decoder.mlp());
    return representations()
        * (product(memory, ViewFusion.memoryWidth(config), width)
            + decoder.layers() * block
            + product(tokens - 1, width, decoder.vocabulary()));
  }

  /** What the report transformer attends to. */
  private long places() {
    long patches = config.radiograph().patches();
    return config.fusion().kind() == FusionKind.SIGMOID ? ViewFusion.VIEWS * patches : patches;
  }

  private long representations() {
    return config.fusion().kind() == FusionKind.NONE ? ViewFusion.VIEWS : 1;
  }

  long text(long tokens) {
    Encoder bert = config.text();
    long width = bert.width();
    return bert.layers() * (self(tokens, width) + perceptron(tokens, width, bert.mlp()))
        + product(1, width, width)
        + product(1, width, ViewFusion.vectorWidth(config));
  }

  long labels() {
    return representations() * product(1, ViewFusion.vectorWidth(config), config.findings().size());
  }
}
