package io.radstream.model.measure;

import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Decoder;
import io.radstream.model.config.ModelConfig.Encoder;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.layers.Flops;
import io.radstream.model.network.ImageEncoder;
import io.radstream.model.network.ViewFusion;

/** Floating-point operations of the forward pass of one study, counted as {@link Flops} does. */
record StudyWork(ModelConfig config, ImageEncoder encoder) {

  /** Three views. */
  long radiographs() {
    return ViewFusion.VIEWS * encoder.flops();
  }

  long fusion() {
    long concatenated = (long) ViewFusion.VIEWS * encoder.width();
    long hidden = config.fusion().hidden();
    return switch (config.fusion().kind()) {
      case SOFTMAX ->
          Flops.product(1, concatenated, hidden) + Flops.product(1, hidden, ViewFusion.VIEWS);
      case SIGMOID -> Flops.product(encoder.places(), concatenated, ViewFusion.VIEWS);
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
        Flops.selfAttention(tokens, width)
            + 2 * Flops.product(tokens, width, width)
            + 2 * Flops.product(memory, width, width)
            + Flops.attention(tokens, memory, width)
            + Flops.perceptron(tokens, width, decoder.mlp());
    return representations()
        * (Flops.product(memory, ViewFusion.memoryWidth(config.fusion(), encoder.width()), width)
            + decoder.layers() * block
            + Flops.product(tokens - 1, width, decoder.vocabulary()));
  }

  /** What the report transformer attends to. */
  private long places() {
    long places = encoder.places();
    return config.fusion().kind() == FusionKind.SIGMOID ? ViewFusion.VIEWS * places : places;
  }

  private long vector() {
    return ViewFusion.vectorWidth(config.fusion(), encoder.width());
  }

  private long representations() {
    return config.fusion().kind() == FusionKind.NONE ? ViewFusion.VIEWS : 1;
  }

  long text(long tokens) {
    Encoder bert = config.text();
    long width = bert.width();
    return bert.layers()
            * (Flops.selfAttention(tokens, width) + Flops.perceptron(tokens, width, bert.mlp()))
        + Flops.product(1, width, width)
        + Flops.product(1, width, vector());
  }

  long labels() {
    return representations() * Flops.product(1, vector(), config.findings().size());
  }
}
