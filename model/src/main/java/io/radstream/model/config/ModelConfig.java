package io.radstream.model.config;

import java.util.List;
import java.util.Objects;

/**
 * The shape of a REFERS network and what it is trained for; it fixes the name and size of every
 * weight.
 *
 * @param radiograph the image encoder: the radiograph transformer (paper, section 4.1)
 * @param fusion the view fusion (section 4.2)
 * @param report the report transformer, a decoder (section 4.2, task 1)
 * @param text the report encoder, a BERT (section 4.2, task 2)
 * @param objectives what is minimised
 * @param findings names of the labels that a label-supervised run learns, in the order of its
 *     outputs; empty without label supervision
 */
public record ModelConfig(
    Radiograph radiograph,
    Fusion fusion,
    Decoder report,
    Encoder text,
    Objectives objectives,
    List<String> findings) {

  public ModelConfig {
    findings = List.copyOf(findings);
    require(
        findings.isEmpty() == (objectives.labels() == 0),
        "model.findings (needed if, and only if, model.objectives.labels is above 0)",
        findings);
    requireForMasks(radiograph, objectives.masked());
  }

  private static void requireForMasks(Radiograph radiograph, MaskedModelling masked) {
    require(
        masked.sum() == 0 || radiograph.encoder() == ImageEncoderKind.TRANSFORMER,
        "model.objectives.masked (0 with this model.radiograph.encoder: it has no patches that"
            + " could be left out)",
        radiograph.encoder());
    require(
        masked.sum() == 0 || radiograph.patches() > 1,
        "model.radiograph.patchSize (with model.objectives.masked at least 2 patches in a picture)",
        radiograph.patchSize());
  }

  /** Whether both are one network that learns the same: what neither uses does not count. */
  public boolean learnsLike(ModelConfig other) {
    return used().equals(other.used());
  }

  private ModelConfig used() {
    return new ModelConfig(radiograph.used(), fusion, report, text, objectives, findings);
  }

  /** What makes features of a radiograph; each has settings of its own. */
  public enum ImageEncoderKind {
    /** The radiograph transformer (section 4.1), with the settings of {@link Radiograph}. */
    TRANSFORMER,
    /** A residual network (table 3, row 1), with the settings of {@link Residual}. */
    CONVOLUTIONAL
  }

  /**
   * A residual network (He et al., 2016).
   *
   * @param blocks of each stage; from the second stage on each has half the side and twice the
   *     channels of the one before
   * @param bottleneck whether a block is three convolutions, the middle one over a quarter of the
   *     channels; else it is two
   * @param width channels of a block of the first stage, where it is a bottleneck of the middle one
   */
  public record Residual(List<Integer> blocks, boolean bottleneck, int width) {

    private static final int MOST_STAGES = 6;

    /** Channels that a bottleneck gives, for each of its middle convolution. */
    private static final int EXPANSION = 4;

    public Residual {
      blocks = List.copyOf(blocks);
      require(
          !blocks.isEmpty()
              && blocks.size() <= MOST_STAGES
              && blocks.stream().allMatch(count -> count > 0),
          "model.radiograph.residual.blocks (1 to %d stages of at least 1 block)"
              .formatted(MOST_STAGES),
          blocks);
      require(width > 0, "model.radiograph.residual.width", width);
    }

    /** Channels inside the blocks of a stage, from 0 on. */
    public int inside(int stage) {
      return width << stage;
    }

    /** Channels that a stage gives. */
    public int given(int stage) {
      return bottleneck ? EXPANSION * inside(stage) : inside(stage);
    }

    /** Features of an image, and of each place. */
    public int features() {
      return given(blocks.size() - 1);
    }
  }

  /** How a patch learns its place. */
  public enum PatchPositions {
    /** Patch and position feature concatenated, then a linear layer back to width (section 4.1). */
    CONCATENATED,
    /** The position feature added, as in ViT and the authors' code. */
    ADDED
  }

  /** What happens to the aggregation output behind the last block. */
  public enum Recurrence {
    /** Concatenated with every patch output, then a linear layer back to width (section 4.1). */
    CONCATENATED,
    /** Added to every patch output, as in the authors' code. */
    ADDED,
    /** Nothing: the original ViT (table 3, row 2). */
    NONE
  }

  /**
   * Of the image encoder. All but the first two and the last are those of the transformer, and
   * unused by another one.
   *
   * @param encoder what makes features of a radiograph
   * @param imageSize side of the square input, in pixels
   * @param patchSize side of a square patch, in pixels
   * @param width features of a patch
   * @param layers self-attention blocks
   * @param heads attention heads of a block
   * @param mlp hidden width of a block's perceptron
   * @param residual those of the residual network; unused by the transformer
   */
  public record Radiograph(
      ImageEncoderKind encoder,
      int imageSize,
      int patchSize,
      int width,
      int layers,
      int heads,
      int mlp,
      Activation activation,
      PatchPositions positions,
      Recurrence recurrence,
      Residual residual) {

    /** ResNet-18. */
    private static final Residual SMALLEST = new Residual(List.of(2, 2, 2, 2), false, 64);

    /** A transformer. */
    public Radiograph(
        int imageSize,
        int patchSize,
        int width,
        int layers,
        int heads,
        int mlp,
        Activation activation,
        PatchPositions positions,
        Recurrence recurrence) {
      this(
          ImageEncoderKind.TRANSFORMER,
          imageSize,
          patchSize,
          width,
          layers,
          heads,
          mlp,
          activation,
          positions,
          recurrence,
          SMALLEST);
    }

    public Radiograph {
      Objects.requireNonNull(encoder, "model.radiograph.encoder");
      Objects.requireNonNull(residual, "model.radiograph.residual");
      require(patchSize > 0, "model.radiograph.patchSize", patchSize);
      require(
          imageSize > 0 && imageSize % patchSize == 0,
          "model.radiograph.imageSize (a multiple of patchSize)",
          imageSize);
      requireTransformer("model.radiograph", width, layers, heads, mlp);
    }

    /** The same with the other image encoder. */
    public Radiograph with(ImageEncoderKind other, Residual otherResidual) {
      return new Radiograph(
          other,
          imageSize,
          patchSize,
          width,
          layers,
          heads,
          mlp,
          activation,
          positions,
          recurrence,
          otherResidual);
    }

    private Radiograph used() {
      return encoder == ImageEncoderKind.TRANSFORMER ? with(encoder, SMALLEST) : this;
    }

    /** Patches of an image of the transformer. */
    public int patches() {
      return (imageSize / patchSize) * (imageSize / patchSize);
    }
  }

  /** How the three views of a study become one. */
  public enum FusionKind {
    /** A perceptron and softmax weigh the views (section 4.2). */
    SOFTMAX,
    /** A linear layer and sigmoid for each view weigh its patches, as in the authors' code. */
    SIGMOID,
    /** Each view stands for the study by itself (table 3, row 3). */
    NONE
  }

  /**
   * @param hidden hidden width of the perceptron that weighs the views; {@link FusionKind#SOFTMAX}
   *     only
   */
  public record Fusion(FusionKind kind, int hidden) {

    public Fusion {
      require(hidden > 0, "model.fusion.hidden", hidden);
    }
  }

  /** How a token of the decoder learns its place. */
  public enum TokenPositions {
    /** Sines and cosines (Vaswani et al., 2017, section 3.5). */
    SINUSOIDAL,
    /** Learned, then layer normalisation, as in the authors' code. */
    LEARNED
  }

  /**
   * @param vocabulary number of token ids
   * @param width features of a token
   * @param layers blocks
   * @param heads attention heads of a block
   * @param mlp hidden width of a block's perceptron
   * @param maxTokens longest report, start and end token included; longer ones are cut
   * @param dropout probability, 0 for none
   */
  public record Decoder(
      int vocabulary,
      int width,
      int layers,
      int heads,
      int mlp,
      int maxTokens,
      double dropout,
      Activation activation,
      TokenPositions positions) {

    public Decoder {
      requireTransformer("model.report", width, layers, heads, mlp);
      requireText("model.report", vocabulary, maxTokens, dropout);
    }
  }

  /**
   * @param vocabulary number of token ids
   * @param width features of a token
   * @param layers blocks
   * @param heads attention heads of a block
   * @param mlp hidden width of a block's perceptron
   * @param maxTokens longest report, start and end token included; longer ones are cut
   * @param dropout probability, 0 for none
   */
  public record Encoder(
      int vocabulary, int width, int layers, int heads, int mlp, int maxTokens, double dropout) {

    public Encoder {
      requireTransformer("model.text", width, layers, heads, mlp);
      requireText("model.text", vocabulary, maxTokens, dropout);
    }
  }

  private static void requireText(String where, int vocabulary, int maxTokens, double dropout) {
    require(vocabulary > 0, where + ".vocabulary", vocabulary);
    require(maxTokens > 2, where + ".maxTokens", maxTokens);
    require(dropout >= 0 && dropout < 1, where + ".dropout", dropout);
  }

  private static void requireTransformer(String where, int width, int layers, int heads, int mlp) {
    require(width > 0, where + ".width", width);
    require(layers > 0, where + ".layers", layers);
    require(heads > 0 && width % heads == 0, where + ".heads (must divide width)", heads);
    require(mlp > 0, where + ".mlp", mlp);
  }

  static void require(boolean condition, String name, Object value) {
    if (!condition) {
      throw new IllegalArgumentException(
          "configuration value out of range: " + name + " = " + value);
    }
  }
}
